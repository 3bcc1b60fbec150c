//! The run-length and bit-packed hybrid that Parquet stores dictionary indices in: unpacked eight values at a time.
//! Knows nothing of dictionaries or files. Start with [`unpack_codes`].

use fearless_simd::{Level, dispatch};

/// A stretch of equal indices, or of packed ones.
enum Stretch<'a> {
    Same { code: u32, rows: usize },
    Packed { bytes: &'a [u8] },
}

/// Walks the stretches of one page; `None` in an item means that the bytes end too early.
struct Stretches<'a> {
    width: u32,
    bytes: &'a [u8],
}

impl<'a> Stretches<'a> {
    fn next(&mut self) -> Option<Stretch<'a>> {
        let header = self.varint()?;
        if header & 1 == 0 {
            let (value, rest) = self.bytes.split_at_checked(self.width.div_ceil(8) as usize)?;
            self.bytes = rest;
            let code = value.iter().rev().fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte));
            return Some(Stretch::Same { code, rows: usize::try_from(header >> 1).ok()? });
        }
        let wanted = usize::try_from(header >> 1).ok()?.checked_mul(self.width as usize)?;
        // The last group may be cut short by a writer that stops at the last value.
        let (packed, rest) = self.bytes.split_at(wanted.min(self.bytes.len()));
        self.bytes = rest;
        Some(Stretch::Packed { bytes: packed })
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

/// Puts `rows` indices of at most eight bits into `out`, which is emptied first; `None` when the bytes do not hold that many.
pub fn unpack_codes(width: u32, bytes: &[u8], rows: usize, out: &mut Vec<u8>) -> Option<()> {
    dispatch!(Level::new(), _ => unpack_wider(width, bytes, rows, out))
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn unpack_wider(width: u32, bytes: &[u8], rows: usize, out: &mut Vec<u8>) -> Option<()> {
    out.clear();
    if width == 0 {
        out.resize(rows, 0);
        return Some(());
    }
    let mut stretches = Stretches { width, bytes };
    while out.len() < rows {
        let left = rows - out.len();
        match stretches.next()? {
            Stretch::Same { code, rows: many } => out.resize(out.len() + many.min(left), u8::try_from(code).ok()?),
            Stretch::Packed { bytes } => {
                let groups = bytes.len().div_ceil(width as usize);
                let start = out.len();
                out.resize(start + groups * 8, 0);
                unpack_bytes(width, bytes, out.get_mut(start..)?)?;
                out.truncate(rows.min(start + bytes.len() * 8 / width as usize));
            }
        }
    }
    Some(())
}

/// Pushes the runs of `rows` indices of any width; neighbours of one value are joined.
pub fn unpack_runs(width: u32, bytes: &[u8], rows: usize, out: &mut Vec<(u32, u32)>) -> Option<()> {
    if width == 0 {
        push_run(out, 0, rows);
        return Some(());
    }
    let mut stretches = Stretches { width, bytes };
    let mut done = 0;
    while done < rows {
        let left = rows - done;
        match stretches.next()? {
            Stretch::Same { code, rows: many } => {
                push_run(out, code, many.min(left));
                done += many.min(left);
            }
            Stretch::Packed { bytes } => {
                let many = left.min(bytes.len() * 8 / width as usize);
                let mut bits = 0u64;
                let mut held = 0;
                let mut next = bytes.iter();
                for _ in 0..many {
                    while held < width {
                        bits |= u64::from(*next.next()?) << held;
                        held += 8;
                    }
                    push_run(out, u32::try_from(bits & ((1 << width) - 1)).ok()?, 1);
                    bits >>= width;
                    held -= width;
                }
                done += many;
            }
        }
    }
    Some(())
}

fn push_run(out: &mut Vec<(u32, u32)>, code: u32, rows: usize) {
    let rows = u32::try_from(rows).unwrap_or(u32::MAX);
    match out.last_mut() {
        Some((last, many)) if *last == code => *many += rows,
        _ => out.push((code, rows)),
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn unpack_bytes(width: u32, bytes: &[u8], out: &mut [u8]) -> Option<()> {
    match width {
        1 => unpack_width::<1>(bytes, out),
        2 => unpack_width::<2>(bytes, out),
        3 => unpack_width::<3>(bytes, out),
        4 => unpack_width::<4>(bytes, out),
        5 => unpack_width::<5>(bytes, out),
        6 => unpack_width::<6>(bytes, out),
        7 => unpack_width::<7>(bytes, out),
        8 => out.get_mut(..bytes.len())?.copy_from_slice(bytes),
        _ => return None,
    }
    Some(())
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "only what is inlined is compiled for the wider registers")]
fn unpack_width<const W: usize>(bytes: &[u8], out: &mut [u8]) {
    let mut groups = bytes.chunks_exact(W);
    let mut places = out.chunks_exact_mut(8);
    for (group, place) in (&mut groups).zip(&mut places) {
        let mut word = [0u8; 8];
        if let (Some(low), Ok(group)) = (word.first_chunk_mut::<W>(), <[u8; W]>::try_from(group)) {
            *low = group;
        }
        place.copy_from_slice(&spread::<W>(u64::from_le_bytes(word)).to_le_bytes());
    }
    // A group that was cut short: its missing bits are no values.
    if let Some(place) = places.next() {
        let mut word = [0u8; 8];
        word.iter_mut().zip(groups.remainder()).for_each(|(to, from)| *to = *from);
        place.copy_from_slice(&spread::<W>(u64::from_le_bytes(word)).to_le_bytes());
    }
}

/// Eight values of `W` bits side by side become eight bytes: halves are pulled apart three times.
const fn spread<const W: usize>(packed: u64) -> u64 {
    let four = (packed & low(4 * W)) | ((packed >> (4 * W)) << 32);
    let two = (four & twice(low(2 * W), 32)) | ((four & twice(low(2 * W) << (2 * W), 32)) << (16 - 2 * W));
    let pairs = twice(twice(low(W), 16), 32);
    (two & pairs) | ((two & (pairs << W)) << (8 - W))
}

/// Eight bytes below `1 << W` become eight values of `W` bits side by side.
pub const fn squeeze<const W: usize>(bytes: u64) -> u64 {
    let pairs = twice(twice(low(W), 16), 32);
    let two = (bytes & pairs) | ((bytes >> (8 - W)) & (pairs << W));
    let quads = twice(low(2 * W), 32);
    let four = (two & quads) | ((two >> (16 - 2 * W)) & (quads << (2 * W)));
    (four & low(4 * W)) | ((four >> (32 - 4 * W)) & (low(4 * W) << (4 * W)))
}

const fn low(bits: usize) -> u64 {
    (1 << bits) - 1
}

const fn twice(pattern: u64, distance: usize) -> u64 {
    pattern | (pattern << distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_squeezed_spreads_again() {
        let bytes = u64::from_le_bytes([1, 0, 1, 1, 0, 0, 1, 0]);
        assert_eq!(squeeze::<1>(bytes), 0b0100_1101);
        assert_eq!(spread::<1>(squeeze::<1>(bytes)), bytes);
        let bytes = u64::from_le_bytes([7, 0, 5, 1, 2, 6, 3, 4]);
        assert_eq!(spread::<3>(squeeze::<3>(bytes)), bytes);
        let bytes = u64::from_le_bytes([127, 0, 65, 99, 2, 6, 3, 126]);
        assert_eq!(spread::<7>(squeeze::<7>(bytes)), bytes);
    }

    #[test]
    fn stretches_of_both_kinds_follow_each_other() {
        // Ten times 3, then eight packed values of two bits, of which seven are wanted.
        let bytes = [20, 3, 3, 0b11_10_01_00, 0b00_01_10_11];
        let mut codes = Vec::new();
        unpack_codes(2, &bytes, 17, &mut codes).unwrap();
        assert_eq!(codes, [3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 1, 2, 3, 3, 2, 1]);
        let mut runs = Vec::new();
        unpack_runs(2, &bytes, 17, &mut runs).unwrap();
        assert_eq!(runs, [(3, 10), (0, 1), (1, 1), (2, 1), (3, 2), (2, 1), (1, 1)]);
        assert!(unpack_codes(2, &bytes, 30, &mut codes).is_none(), "bytes that end too early are no values");
    }
}
