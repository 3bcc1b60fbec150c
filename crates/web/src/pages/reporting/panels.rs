//! Small multiples and lines, drawn by the server: one little drawing a group, all on one scale, and the measures along the
//! cut-offs. Words and numbers stand beside every mark; the same numbers stand in a table on the page.

use std::fmt::Write as _;

use super::chart::escaped;

/// Width of a panel in its own units; it scales with its column.
const WIDTH: i64 = 220;
const LEFT: i64 = 26;
const RIGHT: i64 = 44;
const STEP: i64 = 14;
const BAR: i64 = 10;

/// One group's bars.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    pub id: String,
    pub title: String,
    pub description: String,
    /// Label, value and the value in words. Values of all panels of a page are on one scale.
    pub bars: Vec<(String, i64, String)>,
    /// The largest value of all panels.
    pub most: i64,
}

impl Panel {
    /// The drawing. Everything that people wrote is escaped.
    pub fn svg(&self) -> String {
        let height = i64::try_from(self.bars.len()).unwrap_or(0) * STEP + 4;
        let mut svg = opened(&self.id, (WIDTH, height), &self.title, &self.description);
        let mut top = 2;
        for (label, value, words) in &self.bars {
            let room = WIDTH - LEFT - RIGHT;
            let long = ((*value).max(0) * room / self.most.max(1)).max(i64::from(*value > 0));
            let base = top + BAR - 1;
            let _ = write!(
                svg,
                "<text x=\"{}\" y=\"{base}\" text-anchor=\"end\" font-size=\"10\" fill=\"#0b0c0c\">{}</text>\
                 <rect x=\"{LEFT}\" y=\"{top}\" width=\"{long}\" height=\"{BAR}\" fill=\"#8f1d14\"/>\
                 <text x=\"{}\" y=\"{base}\" font-size=\"10\" fill=\"#0b0c0c\">{}</text>",
                LEFT - 4,
                escaped(label),
                LEFT + long + 3,
                escaped(words)
            );
            top += STEP;
        }
        svg.push_str("</svg>");
        svg
    }
}

/// Some measures along the cut-offs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    pub id: String,
    pub title: String,
    pub description: String,
    /// Words under the points.
    pub places: Vec<String>,
    /// Name and value at each place in hundredths of a percent; a gap where there is no figure.
    pub lines: Vec<(String, Vec<Option<i64>>)>,
}

/// A whole, in hundredths of a percent.
const WHOLE: i64 = 10_000;
const PLOT: (i64, i64) = (480, 180);
const EDGE: (i64, i64) = (44, 12);

impl Lines {
    pub fn svg(&self) -> String {
        let mut svg = opened(&self.id, (PLOT.0 + EDGE.0 + 60, PLOT.1 + EDGE.1 + 28), &self.title, &self.description);
        for quarter in 0..=4 {
            let y = EDGE.1 + PLOT.1 - PLOT.1 * quarter / 4;
            let _ = write!(
                svg,
                "<path d=\"M{} {y}h{}\" stroke=\"#b1b4b6\" stroke-width=\"1\"/>\
                 <text x=\"{}\" y=\"{}\" text-anchor=\"end\" font-size=\"12\" fill=\"#0b0c0c\">{}%</text>",
                EDGE.0,
                PLOT.0,
                EDGE.0 - 6,
                y + 4,
                quarter * 25
            );
        }
        for (at, place) in self.places.iter().enumerate() {
            let _ = write!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\" fill=\"#0b0c0c\">{}</text>",
                self.x(at),
                EDGE.1 + PLOT.1 + 18,
                escaped(place)
            );
        }
        for (number, (name, values)) in self.lines.iter().enumerate() {
            svg.push_str(&self.line(number, name, values));
        }
        svg.push_str("</svg>");
        svg
    }

    fn x(&self, at: usize) -> i64 {
        let steps = i64::try_from(self.places.len().saturating_sub(1)).unwrap_or(1).max(1);
        EDGE.0 + PLOT.0 * i64::try_from(at).unwrap_or(0) / steps
    }

    /// Each line has its own strokes: colour is never the only difference.
    fn line(&self, number: usize, name: &str, values: &[Option<i64>]) -> String {
        let (colour, dashes) = match number {
            0 => ("#8f1d14", ""),
            1 => ("#505a5f", " stroke-dasharray=\"8 4\""),
            _ => ("#0b0c0c", " stroke-dasharray=\"2 3\""),
        };
        let y = |value: i64| EDGE.1 + PLOT.1 - PLOT.1 * value.clamp(0, WHOLE) / WHOLE;
        let mut path = String::new();
        let mut is_open = false;
        for (at, value) in values.iter().enumerate() {
            if let Some(value) = value {
                let _ = write!(path, "{}{} {}", if is_open { "L" } else { "M" }, self.x(at), y(*value));
            }
            is_open = value.is_some();
        }
        let mut drawn = format!("<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"{dashes}/>");
        let mut points = values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?)));
        // The first line begins above the others, and all may end in the same place.
        let named = if number == 0 { points.next() } else { points.next_back() };
        if let Some((at, value)) = named {
            let _ = write!(
                drawn,
                "<text x=\"{}\" y=\"{}\" font-size=\"13\" font-weight=\"700\" fill=\"{colour}\">{}</text>",
                self.x(at) + 6,
                y(value) - 3,
                escaped(name)
            );
        }
        drawn
    }
}

fn opened(id: &str, (width, height): (i64, i64), title: &str, description: &str) -> String {
    format!(
        "<svg class=\"v-chart\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
         xmlns=\"http://www.w3.org/2000/svg\"><title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        escaped(title),
        escaped(description)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_of_a_page_share_one_scale() {
        let bars = |value| vec![("1".to_owned(), value, "x & y".to_owned())];
        let panel = |value| Panel { id: "p".into(), bars: bars(value), most: 100, ..Panel::default() };
        assert!(panel(100).svg().contains("width=\"150\"") && panel(50).svg().contains("width=\"75\""));
        assert!(panel(1).svg().contains("x &amp; y"));
    }

    #[test]
    fn a_line_stops_where_there_is_no_figure() {
        let places = ["1", "2", "3"].map(str::to_owned).to_vec();
        let lines =
            Lines { places, lines: vec![("H".into(), vec![Some(10_000), Some(5_000), None])], ..Lines::default() };
        let svg = lines.svg();
        assert!(svg.contains("d=\"M44 12L284 102\""), "{svg}");
    }
}
