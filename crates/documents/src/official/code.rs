//! The version of a paper as a QR code: squares for the back ends, and a PNG for those that need a picture.

use qrcode::{Color, EcLevel, QrCode};

use super::model::Modules;

/// `None` when the text is too long for any code.
pub(super) fn modules(text: &str) -> Option<Modules> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let dark = code.to_colors().into_iter().map(|color| color == Color::Dark).collect();
    Some(Modules { width: code.width(), dark })
}

impl Modules {
    /// The squares with the white rim that readers need, one byte a square, 0 for dark.
    pub fn with_rim(&self) -> (usize, Vec<u8>) {
        const RIM: usize = 4;
        let side = self.width + 2 * RIM;
        let mut pixels = vec![u8::MAX; side * side];
        for (at, _) in self.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            let (row, column) = (at / self.width + RIM, at % self.width + RIM);
            if let Some(pixel) = pixels.get_mut(row * side + column) {
                *pixel = 0;
            }
        }
        (side, pixels)
    }

    /// A grey PNG, one pixel a square.
    pub(super) fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let (side, pixels) = self.with_rim();
        let mut out = Vec::new();
        let side = u32::try_from(side).unwrap_or(0);
        let mut encoder = png::Encoder::new(&mut out, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok(out)
    }
}
