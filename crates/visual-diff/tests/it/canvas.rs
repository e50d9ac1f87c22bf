//! Pages that tests draw: boxes, and marks that stand for text.

use crate::made;
use leadforge_visual_diff::{Area, Bytes, Config, Diff, Tolerance, diff};

pub(crate) type Rgb = [u8; 3];

pub(crate) const PAGE: Rgb = [8, 12, 22];
pub(crate) const CARD: Rgb = [29, 40, 58];
pub(crate) const TEXT: Rgb = [233, 234, 236];

#[derive(Clone)]
pub(crate) struct Canvas {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pixels: Vec<Rgb>,
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32, page: Rgb) -> Self {
        Self { width, height, pixels: vec![page; (width * height) as usize] }
    }

    pub(crate) fn set(&mut self, x: u32, y: u32, colour: Rgb) {
        if x < self.width && y < self.height {
            self.pixels[(y * self.width + x) as usize] = colour;
        }
    }

    pub(crate) fn get(&self, x: u32, y: u32) -> Rgb {
        self.pixels[(y * self.width + x) as usize]
    }

    pub(crate) fn fill(&mut self, area: Area, colour: Rgb) {
        for y in area.y..area.bottom() {
            (area.x..area.right()).for_each(|x| self.set(x, y, colour));
        }
    }

    /// A line of 12 pixels' height that looks like no other line of another number.
    pub(crate) fn text(&mut self, x: u32, y: u32, width: u32, number: u32, colour: Rgb) {
        let mut state = number.wrapping_mul(0x9e37_79b9) | 1;
        for column in 0..width {
            for row in 0..12 {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                if column % 8 < 6 && state.is_multiple_of(3) {
                    self.set(x + column, y + row, colour);
                }
            }
        }
    }

    /// Every colour by another one.
    pub(crate) fn mapped(&self, map: impl Fn(Rgb) -> Rgb) -> Self {
        Self { pixels: self.pixels.iter().map(|&colour| map(colour)).collect(), ..*self }
    }

    /// The picture moved to the right and down; what it leaves has this colour.
    pub(crate) fn moved(&self, right: u32, down: u32, colour: Rgb) -> Self {
        let mut moved = Self::new(self.width, self.height, colour);
        for y in down..self.height {
            for x in right..self.width {
                moved.set(x, y, self.get(x - right, y - down));
            }
        }
        moved
    }

    pub(crate) fn png(&self) -> Vec<u8> {
        made::png(self.width, self.height, png::ColorType::Rgb, self.pixels.as_flattened())
    }
}

/// A column of cards with a title and two lines each.
pub(crate) fn page(cards: &[u32]) -> Canvas {
    let mut canvas = Canvas::new(800, 60 + 140 * 6, PAGE);
    canvas.text(40, 20, 200, 1, TEXT);
    for (at, &card) in cards.iter().enumerate() {
        self::card(&mut canvas, 40, 60 + 140 * at as u32, card);
    }
    canvas
}

pub(crate) fn card(canvas: &mut Canvas, x: u32, y: u32, number: u32) {
    canvas.fill(Area { x, y, width: 700, height: 120 }, CARD);
    for line in 0..3 {
        canvas.text(x + 20, y + 20 + 30 * line, 300, number * 10 + line, TEXT);
    }
}

pub(crate) fn compared(before: &Canvas, after: &Canvas) -> Diff {
    compared_with(before, after, &Config::default(), &Tolerance::default())
}

pub(crate) fn compared_with(
    before: &Canvas,
    after: &Canvas,
    config: &Config,
    tolerance: &Tolerance,
) -> Diff {
    let (before, after) = (before.png(), after.png());
    let bytes = |name, bytes| Bytes { name, bytes };
    diff(&bytes("before", &before), &bytes("after", &after), config, tolerance)
        .expect("two pictures")
}
