//! What `benches/figures.sh` needs beside the program: floors, and the figures file of an invented survey.
//! `floor FILE PACK classify|family` decodes the needed columns and does nothing else; `figures FILE PACK OUT` writes the figures
//! file and times the family from it against the time to read bytes from memory; `refigure` does the same with a file that is there.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench reads the clock and stops where it fails"
)]

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use measures::columns::{Codes, Runs, Table};
use measures::layout::{self, By, Figures, Household, Layout};
use measures::poverty::{Counts, FamilyPlan, WHOLE};
use measures::scoring::Pack;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const THREADS: usize = 2;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let survey = Path::new(&arguments[2]);
    let pack = Pack::read(Path::new(&arguments[3])).unwrap();
    let last = arguments[4].as_str();
    match arguments[1].as_str() {
        "floor" => floor(survey, &pack, last == "classify"),
        "figures" => {
            write(survey, &pack, Path::new(last));
            figures(survey, &pack, Path::new(last));
        }
        _ => figures(survey, &pack, Path::new(last)),
    }
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// `RUNS` as for the other benches.
fn turns() -> usize {
    std::env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(5)
}

/// The median of some turns, after one to warm up.
fn median(mut work: impl FnMut()) -> f64 {
    work();
    let mut taken: Vec<f64> = (0..turns()).map(|_| seconds(&mut work)).collect();
    taken.sort_by(f64::total_cmp);
    taken[taken.len() / 2]
}

fn on_threads(work: impl Fn(usize) + Sync) {
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let work = &work;
            scope.spawn(move || work(thread));
        }
    });
}

/// Decodes the columns that one of the two measures needs, once.
fn floor(survey: &Path, pack: &Pack, is_classify: bool) {
    let taken = seconds(|| {
        let table = Table::open(survey).unwrap();
        let answers: Vec<&str> =
            if is_classify { pack.income_proxy.keys().map(String::as_str).collect() } else { vec!["size"] };
        let runs: &[&str] =
            if is_classify { &["area"] } else { &["province", "district", "commune", "area", "ethnic"] };
        let codes = table.columns(answers.into_iter().chain(pack.deprivations.iter().map(String::as_str))).unwrap();
        let runs = table.columns(runs.iter().copied()).unwrap();
        let next = AtomicUsize::new(0);
        on_threads(|_| {
            loop {
                let group = next.fetch_add(1, Ordering::Relaxed);
                if group >= table.row_groups() {
                    break;
                }
                for column in &codes {
                    decode_codes(&table, group, *column);
                }
                for column in &runs {
                    decode_runs(&table, group, *column);
                }
            }
        });
    });
    println!("floor_s={taken:.4}");
}

fn decode_codes(table: &Table, group: usize, column: usize) {
    let mut codes = Codes::open(table, group, column).unwrap();
    let mut left = table.rows_of(group);
    while left > 0 {
        let rows = codes.ready().unwrap();
        codes.skip(rows);
        black_box(codes.last(rows));
        left -= rows;
    }
}

fn decode_runs(table: &Table, group: usize, column: usize) {
    let mut runs = Runs::open(table, group, column).unwrap();
    let mut left = table.rows_of(group);
    while left > 0 {
        let (value, rows) = runs.ready().unwrap();
        black_box(value);
        runs.skip(rows);
        left -= rows;
    }
}

/// One whole column of a row group.
fn column(table: &Table, group: usize, name: &str) -> Vec<i64> {
    let mut runs = Runs::open(table, group, table.column(name).unwrap()).unwrap();
    let mut values = Vec::with_capacity(table.rows_of(group));
    while values.len() < table.rows_of(group) {
        let (value, rows) = runs.ready().unwrap();
        values.resize(values.len() + rows, value);
        runs.skip(rows);
    }
    values
}

fn households(table: Table, pack: Pack) -> impl Iterator<Item = Household> {
    (0..table.row_groups()).flat_map(move |group| {
        let of = |name: &str| column(&table, group, name);
        let (communes, areas, ethnics, sizes) = (of("commune"), of("area"), of("ethnic"), of("size"));
        let deprived: Vec<Vec<i64>> = pack.deprivations.iter().map(|name| of(name)).collect();
        (0..communes.len()).map(move |row| Household {
            commune: u32::try_from(communes[row]).unwrap(),
            area: u8::try_from(areas[row]).unwrap(),
            ethnic: u8::try_from(ethnics[row]).unwrap(),
            size: u16::try_from(sizes[row]).unwrap(),
            mask: deprived
                .iter()
                .enumerate()
                .filter(|(_, column)| column[row] == 1)
                .fold(0, |mask, (bit, _)| mask | 1 << bit),
            ..Household::default()
        })
    })
}

fn write(survey: &Path, pack: &Pack, out: &Path) {
    let table = Table::open(survey).unwrap();
    let last = (0..table.row_groups()).flat_map(|group| column(&table, group, "commune")).max().unwrap();
    let communes = (0..=last).map(|commune| format!("{commune:05}")).collect();
    let layout =
        Layout { communes, indicators: pack.deprivations.clone(), classes: vec!["-".into()], ..Layout::default() };
    layout::write(out, &layout, households(table, pack.clone())).unwrap();
}

/// The district and the province of each commune.
fn parents(survey: &Path, communes: usize) -> [Vec<Option<u32>>; 2] {
    let table = Table::open(survey).unwrap();
    ["district", "province"].map(|level| {
        let mut units = vec![None; communes];
        for group in 0..table.row_groups() {
            for (commune, unit) in column(&table, group, "commune").into_iter().zip(column(&table, group, level)) {
                units[usize::try_from(commune).unwrap()] = Some(u32::try_from(unit).unwrap());
            }
        }
        units
    })
}

fn figures(survey: &Path, pack: &Pack, path: &Path) {
    let plan = pack.family((1..=12).collect(), vec![WHOLE.to_owned()]).unwrap();
    let file = Figures::open(path).unwrap();
    let [district, province] = parents(survey, file.layout().communes.len());
    let by = [By::Whole, By::Unit(&province), By::Unit(&district), By::Commune, By::Area, By::Ethnic];
    let family = median(|| {
        let cubes = Figures::open(path).unwrap().family(&plan, &by, THREADS).unwrap();
        black_box(cubes);
    });
    let whole = file.family(&plan, &[By::Whole], THREADS).unwrap();
    let counts = Counts::of(&plan, &whole[0], 0, 3);
    let bytes = std::fs::metadata(path).unwrap().len();
    let rows = Table::open(survey).unwrap().rows();
    let own = memory_read(bytes);
    let packed = memory_read(rows * 4);
    println!(
        "figures households={rows} kinds={} bytes={bytes} family_ms={:.2} read_own_bytes_ms={:.2} ratio={:.1} \
         read_4_bytes_a_household_ms={:.2} ratio_4={:.2} H4={:.6} M0_4={:.6}",
        file.cells(),
        family * 1e3,
        own * 1e3,
        family / own,
        packed * 1e3,
        family / packed,
        counts.headcount().unwrap(),
        counts.adjusted(&plan).unwrap(),
    );
    let first = u32::try_from(file.layout().communes.len() / 2).unwrap();
    let cold = median(|| {
        let file = Figures::open(path).unwrap();
        black_box(file.family_of(&plan, &[By::Whole, By::Commune], THREADS, first..first + 165).unwrap());
    });
    println!(
        "province communes=165 family_ms={:.2} change_of_one_record_us={:.2}",
        cold * 1e3,
        change(&plan, &file) * 1e6
    );
}

/// Every open decomposition put right after one household changed.
fn change(plan: &FamilyPlan, file: &Figures) -> f64 {
    let mut cubes = file.family(plan, &[By::Whole, By::Commune, By::Area, By::Ethnic], THREADS).unwrap();
    let buckets = plan.buckets();
    let mut first = None;
    file.each(|cell| first = first.or(Some(cell))).unwrap();
    let cell = first.unwrap();
    let (mask, other, size) = (cell.alike.mask, cell.alike.mask ^ 1, u32::from(cell.persons / cell.households));
    let groups = [0, cell.alike.commune as usize, usize::from(cell.alike.area), usize::from(cell.alike.ethnic)];
    median(|| {
        for (cube, group) in cubes.iter_mut().zip(groups) {
            assert!(cube.uncount(group, buckets[usize::from(mask)], mask, size));
            assert!(cube.count(group, buckets[usize::from(other)], other, size));
            assert!(cube.uncount(group, buckets[usize::from(other)], other, size));
            assert!(cube.count(group, buckets[usize::from(mask)], mask, size));
        }
        black_box(cubes.iter().zip(groups).map(|(cube, group)| Counts::of(plan, cube, group, 3)).collect::<Vec<_>>());
    })
}

/// Seconds to read so many bytes from memory on all threads, as `limits.py` measures it: a buffer far beyond the caches.
fn memory_read(bytes: u64) -> f64 {
    let words = 4096 * 1024 * 1024 / 8;
    let buffer: Vec<u64> = (0..words as u64).collect();
    let whole = median(|| {
        on_threads(|thread| {
            let part = &buffer[words / THREADS * thread..words / THREADS * (thread + 1)];
            let sums = part.chunks_exact(8).fold([0u64; 8], |mut sums, chunk| {
                sums.iter_mut().zip(chunk).for_each(|(sum, word)| *sum = sum.wrapping_add(*word));
                sums
            });
            black_box(sums);
        });
    });
    whole * bytes as f64 / (words * 8) as f64
}
