//! Bars drawn by the server: plain SVG with a title and a description, words beside every bar, never colour alone. The same
//! numbers always stand in a table next to it.

use std::fmt::Write as _;

/// Width of the drawing in its own units; it scales with the page.
const WIDTH: u32 = 640;
const LEFT: u32 = 170;
const RIGHT: u32 = 70;
const HEIGHT: u32 = 22;
const GAP: u32 = 8;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub value: i64,
    /// The value as the table prints it.
    pub words: String,
    /// 0 to 3; each has its own shade and hatching.
    pub kind: usize,
}

/// A set of bars.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bars {
    pub id: &'static str,
    pub title: String,
    pub description: String,
    pub bars: Vec<Bar>,
}

impl Bars {
    /// The drawing. Everything that people wrote is escaped.
    pub fn svg(&self) -> String {
        let most = self.bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
        let height = u32::try_from(self.bars.len()).unwrap_or(0) * (HEIGHT + GAP) + GAP;
        let id = self.id;
        let mut svg = format!(
            "<svg class=\"v-chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
             xmlns=\"http://www.w3.org/2000/svg\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
            escaped(&self.title),
            escaped(&self.description)
        );
        let _ = write!(
            svg,
            "<defs><pattern id=\"{id}-hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <path d=\"M0 6L6 0\" stroke=\"#ffffff\" stroke-width=\"1.5\"/></pattern></defs>"
        );
        let mut top = GAP;
        for bar in &self.bars {
            svg.push_str(&self.bar(bar, most, top));
            top += HEIGHT + GAP;
        }
        svg.push_str("</svg>");
        svg
    }

    fn bar(&self, bar: &Bar, most: i64, top: u32) -> String {
        let room = i64::from(WIDTH - LEFT - RIGHT);
        let long = (bar.value.max(0) * room / most).max(i64::from(bar.value > 0));
        let (fill, is_hatched) = match bar.kind {
            0 => ("#8f1d14", false),
            1 => ("#8f1d14", true),
            2 => ("#505a5f", false),
            _ => ("#505a5f", true),
        };
        let middle = top + HEIGHT / 2 + 5;
        let rect = |fill: &str| {
            format!("<rect x=\"{LEFT}\" y=\"{top}\" width=\"{long}\" height=\"{HEIGHT}\" fill=\"{fill}\"/>")
        };
        let mut drawn = format!(
            "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\" font-size=\"14\" fill=\"#0b0c0c\">{}</text>{}",
            LEFT - 8,
            escaped(&bar.label),
            rect(fill)
        );
        if is_hatched {
            drawn.push_str(&rect(&format!("url(#{}-hatch)", self.id)));
        }
        let at = i64::from(LEFT) + long + 6;
        let _ = write!(
            drawn,
            "<text x=\"{at}\" y=\"{middle}\" font-size=\"14\" fill=\"#0b0c0c\">{}</text>",
            escaped(&bar.words)
        );
        drawn
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_room_and_words_are_escaped() {
        let bar = |label: &str, value| Bar { label: label.into(), value, words: value.to_string(), kind: 0 };
        let bars =
            Bars { id: "c", title: "A < B".into(), description: "d".into(), bars: vec![bar("x & y", 10), bar("z", 5)] };
        let svg = bars.svg();
        assert!(svg.contains("A &lt; B") && svg.contains("x &amp; y"));
        assert!(svg.contains("width=\"400\"") && svg.contains("width=\"200\""));
        assert!(svg.contains("aria-labelledby=\"c-title c-desc\""));
    }
}
