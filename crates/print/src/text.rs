//! Texts on a label, in the bundled font.

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};

use crate::error::Error;
use crate::raster::{Area, Raster};

/// Noto Sans Bold: it has every letter of our five languages, and bold strokes survive a thermal printer.
const FONT: &[u8] = include_bytes!("../../../assets/fonts/NotoSans-Bold.ttf");

/// From which share of its area on a dot belongs to a letter.
const INK: f32 = 0.5;

const ELLIPSIS: char = '…';

/// Draws texts in the bundled font.
pub struct Pen {
    font: FontRef<'static>,
}

/// Where lines stand in their area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
}

impl Pen {
    /// Opens the bundled font.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            font: FontRef::try_from_slice(FONT)?,
        })
    }

    /// Writes `text` into `area` in the largest of `heights` (line heights in dots) in which all of it fits, else in
    /// the last with an ellipsis. Answers how many dots of the area's height it took.
    pub fn write(
        &self,
        raster: &mut Raster,
        text: &str,
        area: Area,
        heights: &[f32],
        align: Align,
    ) -> u32 {
        let Some(last) = heights.last() else { return 0 };
        let fitting = heights.iter().find_map(|height| {
            let lines = self.wrap(text, *height, area.width as f32);
            let has_room = lines.len() <= lines_in(area, *height);
            let is_whole = lines
                .iter()
                .all(|line| self.width(line, *height) <= area.width as f32);
            (has_room && is_whole).then_some((*height, lines))
        });
        let (height, lines) = fitting.unwrap_or_else(|| (*last, self.cut(text, *last, area)));
        for (number, line) in (0_u8..).zip(&lines) {
            let spare = (area.width as f32 - self.width(line, height)).max(0.0);
            let left = match align {
                Align::Left => area.left as f32,
                Align::Centre => area.left as f32 + spare / 2.0,
            };
            let top = area.top as f32 + height * f32::from(number);
            self.write_line(raster, line, left, top, height);
        }
        (height * lines.len() as f32).ceil() as u32
    }

    fn write_line(&self, raster: &mut Raster, line: &str, left: f32, top: f32, height: f32) {
        let baseline = top + self.font.as_scaled(height).ascent();
        for (glyph, x) in self.places(line, height) {
            let at: Glyph = glyph.with_scale_and_position(
                PxScale::from(height),
                point((left + x).round(), baseline.round()),
            );
            if let Some(outline) = self.font.outline_glyph(at) {
                let bounds = outline.px_bounds();
                outline.draw(|x, y, ink| {
                    let (x, y) = (bounds.min.x + x as f32, bounds.min.y + y as f32);
                    if ink >= INK && x >= 0.0 && y >= 0.0 {
                        raster.blacken(x as u32, y as u32);
                    }
                });
            }
        }
    }

    /// The glyphs of a line, each with its distance from the left.
    fn places(&self, line: &str, height: f32) -> Vec<(ab_glyph::GlyphId, f32)> {
        let font = self.font.as_scaled(height);
        let mut x = 0.0;
        let mut before = None;
        line.chars()
            .map(|character| {
                let glyph = font.glyph_id(character);
                x += before.map_or(0.0, |before| font.kern(before, glyph));
                let place = (glyph, x);
                x += font.h_advance(glyph);
                before = Some(glyph);
                place
            })
            .collect()
    }

    fn width(&self, line: &str, height: f32) -> f32 {
        let font = self.font.as_scaled(height);
        self.places(line, height)
            .last()
            .map_or(0.0, |(glyph, x)| x + font.h_advance(*glyph))
    }

    /// Breaks `text` at spaces into lines no wider than `width`, except where one word is wider.
    fn wrap(&self, text: &str, height: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), height) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    /// As [`Self::wrap`], but no more lines than fit and none too wide; what is left out shows as an ellipsis.
    fn cut(&self, text: &str, height: f32, area: Area) -> Vec<String> {
        let width = area.width as f32;
        let wrapped = self.wrap(text, height, width);
        let room = lines_in(area, height).max(1);
        let was_longer = wrapped.len() > room;
        let mut lines: Vec<String> = wrapped.into_iter().take(room).collect();
        if let Some(last) = lines.last_mut().filter(|_| was_longer) {
            last.push(ELLIPSIS);
        }
        for line in &mut lines {
            while self.width(line, height) > width && line.chars().any(|c| c != ELLIPSIS) {
                line.retain(|c| c != ELLIPSIS);
                line.pop();
                line.push(ELLIPSIS);
            }
        }
        lines
    }
}

fn lines_in(area: Area, height: f32) -> usize {
    (area.height as f32 / height) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Area = Area {
        left: 0,
        top: 0,
        width: 120,
        height: 60,
    };

    #[test]
    fn the_font_has_every_letter_of_our_languages() {
        let pen = Pen::new().unwrap();
        let letters = "aAzZ0123456789 oʻgʻʼ абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ \
                       қғҳў ҚҒҲЎ әғқңөұүһі ӘҒҚҢӨҰҮҺІ № × … ₸ « » — –";
        let missing: String = letters
            .chars()
            .filter(|letter| pen.font.glyph_id(*letter).0 == 0)
            .collect();
        assert_eq!(missing, "");
    }

    #[test]
    fn a_long_text_is_broken_between_words_and_every_line_fits() {
        let pen = Pen::new().unwrap();
        let lines = pen.wrap("Paxta yogʻi tozalangan bir litr", 18.0, 120.0);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), "Paxta yogʻi tozalangan bir litr");
        assert!(lines.iter().all(|line| pen.width(line, 18.0) <= 120.0));
    }

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis() {
        let pen = Pen::new().unwrap();
        for text in [
            "ҚҒҲЎҚҒҲЎҚҒҲЎҚҒҲЎҚҒҲЎҚҒҲЎ",
            "bir ikki uch toʻrt besh olti yetti sakkiz toʻqqiz oʻn",
        ] {
            let lines = pen.cut(text, 20.0, AREA);
            assert!(lines.len() <= 3);
            assert!(lines.last().is_some_and(|line| line.ends_with(ELLIPSIS)));
            assert!(lines.iter().all(|line| pen.width(line, 20.0) <= 120.0));
        }
    }

    #[test]
    fn nothing_is_written_for_nothing() {
        let pen = Pen::new().unwrap();
        let mut raster = Raster::new(10, 10);
        assert_eq!(pen.write(&mut raster, " ", AREA, &[20.0], Align::Left), 0);
    }
}
