//! The timeline.

use super::super::super::timeline::{Shape, Timeline, WIDTH};
use super::super::letters::Style;
use super::super::tags::Kind;
use super::{Draw, Layout, SIDE, words};

impl Layout<'_> {
    pub(super) fn timeline(&mut self, picture: &Timeline) {
        self.y += 5.0;
        let scale = self.width / WIDTH;
        let height = picture.height * scale;
        self.need(height);
        let tag = self.tags.add(Kind::Figure(picture.words.clone()), self.section);
        let (left, top) = (SIDE, self.y);
        let draws = picture.shapes.iter().map(|shape| match shape {
            Shape::Box { x, y, width, height, ink } => Draw::Fill {
                x: left + x * scale,
                y: top + y * scale,
                width: width * scale,
                height: height * scale,
                rgb: ink.rgb(),
            },
            Shape::Diamond { x, y, half } => {
                Draw::Diamond { x: left + x * scale, y: top + y * scale, half: half * scale }
            }
            Shape::Text { x, y, size, words: text } => {
                let style = Style { size: size * scale, bold: false, grey: false };
                let text = self.letters.drawable(text).replace('\n', " ");
                words(left + x * scale, top + y * scale, style, &text)
            }
        });
        let draws = draws.collect();
        self.push(Some(tag), draws);
        self.y += height + 8.0;
    }
}
