//! Fuzz target `pixel-counts`: two small pictures of few colours, counted here and by the plainest
//! reading of pixelmatch's rules: whole pictures, double precision, no shortcut.

use leadforge_visual_diff::{Bytes, Config, Counts, Profile, compare};

/// Width, options, the length of the palette, the palette, then an entry for each pixel of both.
pub(crate) fn run(data: &[u8]) {
    let [width, options, threshold, colours, rest @ ..] = data else { return };
    let (width, colours) = (usize::from(*width % 40) + 1, usize::from(*colours % 12) + 1);
    let Some((palette, entries)) = rest.split_at_checked(colours * 4) else { return };
    let palette = palette.as_chunks::<4>().0;
    let height = (entries.len() / 2 / width).min(24);
    if height == 0 {
        return;
    }
    let opaque = options & 8 != 0;
    let colour = |entry: &u8| {
        let [r, g, b, a] = palette[usize::from(*entry) % colours];
        [r, g, b, if opaque { 255 } else { a }]
    };
    let [a, b] = [0, 1].map(|n| {
        let entries = &entries[n * width * height..][..width * height];
        entries.iter().map(colour).collect::<Vec<[u8; 4]>>()
    });
    let config = Config {
        profile: if options & 1 == 0 { Profile::Pm7 } else { Profile::Pm5 },
        include_aa: options & 2 != 0,
        checkerboard: options & 4 == 0,
        threshold: f64::from(*threshold) / 255.0 * 0.3,
        ..Config::default()
    };
    let plain = Plain { config: &config, width, height, a: &a, b: &b };
    let (one, other) = (plain.png(&a, options & 16 != 0), plain.png(&b, options & 32 != 0));
    let (one, other) = (Bytes { name: "a", bytes: &one }, Bytes { name: "b", bytes: &other });
    let found = compare(&one, &other, &config).expect("both are pictures").counts;
    assert_eq!(found, plain.counts(), "{width} × {height} {config:?}");
}

/// Two pictures, and what is asked of them.
struct Plain<'p> {
    config: &'p Config,
    width: usize,
    height: usize,
    a: &'p [[u8; 4]],
    b: &'p [[u8; 4]],
}

impl Plain<'_> {
    /// A PNG; without its alpha where that says nothing and `narrow` is wished.
    fn png(&self, pixels: &[[u8; 4]], narrow: bool) -> Vec<u8> {
        let narrow = narrow && pixels.iter().all(|pixel| pixel[3] == 255);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(if narrow { png::ColorType::Rgb } else { png::ColorType::Rgba });
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().expect("it has a size");
        let data: Vec<u8> =
            pixels.iter().flat_map(|p| p[..4 - usize::from(narrow)].to_vec()).collect();
        writer.write_image_data(&data).expect("the rows are full");
        writer.finish().expect("a vector takes all");
        bytes
    }

    fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        let limit = 35_215.0 * self.config.threshold * self.config.threshold;
        for at in 0..self.width * self.height {
            counts.different += u64::from(self.a[at] != self.b[at]);
            if self.a[at] == self.b[at] || self.delta(self.a[at], self.b[at], at).abs() <= limit {
                continue;
            }
            let smooth = !self.config.include_aa
                && (self.smooth(self.a, self.b, at) || self.smooth(self.b, self.a, at));
            if smooth {
                counts.anti_aliased += 1;
            } else {
                counts.counted += 1;
            }
        }
        counts
    }

    /// Luma, in-phase and quadrature of the difference of two colours.
    fn yiq(&self, one: [u8; 4], other: [u8; 4], at: usize) -> [f64; 3] {
        let ([r1, g1, b1, a1], [r2, g2, b2, a2]) = (one.map(f64::from), other.map(f64::from));
        let weigh = |[r, g, b]: [f64; 3]| {
            [
                r * 0.29889531 + g * 0.58662247 + b * 0.11448223,
                r * 0.59597799 - g * 0.27417610 - b * 0.32180189,
                r * 0.21147017 - g * 0.52261711 + b * 0.31114694,
            ]
        };
        if self.config.profile == Profile::Pm5 {
            let white =
                |c: f64, a: f64| if a < 255.0 { 255.0 + (c - 255.0) * (a / 255.0) } else { c };
            let first = weigh([white(r1, a1), white(g1, a1), white(b1, a1)]);
            let second = weigh([white(r2, a2), white(g2, a2), white(b2, a2)]);
            return [0, 1, 2].map(|n| first[n] - second[n]);
        }
        if a1 == 255.0 && a2 == 255.0 {
            return weigh([r1 - r2, g1 - g2, b1 - b2]);
        }
        let byte = (at * 4) as f64;
        let pattern = |phi: f64| 48.0 + 159.0 * ((byte / phi).floor() % 2.0);
        let ground = match self.config.checkerboard {
            true => [48.0, pattern(1.618033988749895), pattern(2.618033988749895)],
            false => [255.0; 3],
        };
        let blend = |c1: f64, c2: f64, g: f64| (c1 * a1 - c2 * a2 - g * (a1 - a2)) / 255.0;
        weigh([blend(r1, r2, ground[0]), blend(g1, g2, ground[1]), blend(b1, b2, ground[2])])
    }

    fn delta(&self, one: [u8; 4], other: [u8; 4], at: usize) -> f64 {
        let [y, i, q] = self.yiq(one, other, at);
        0.5053 * y * y + 0.299 * i * i + 0.1957 * q * q
    }

    /// The places around a place, by columns, and whether it stands at an edge.
    fn around(&self, at: usize) -> (Vec<usize>, bool) {
        let (x, y) = ((at % self.width) as i64, (at / self.width) as i64);
        let mut places = Vec::new();
        for (dx, dy) in [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)] {
            let (x, y) = (x + dx, y + dy);
            if x >= 0 && y >= 0 && x < self.width as i64 && y < self.height as i64 {
                places.push(y as usize * self.width + x as usize);
            }
        }
        let edge = places.len() < 8;
        (places, edge)
    }

    fn smooth(&self, own: &[[u8; 4]], other: &[[u8; 4]], at: usize) -> bool {
        let (places, edge) = self.around(at);
        let bright = |place: &usize| {
            if own[*place] == own[at] { 0.0 } else { self.yiq(own[at], own[*place], at)[0] }
        };
        let values: Vec<f64> = places.iter().map(bright).collect();
        if values.iter().filter(|value| **value == 0.0).count() + usize::from(edge) > 2 {
            return false;
        }
        let extreme = |better: fn(f64, f64) -> bool| {
            let mut best = None;
            for (place, value) in places.iter().zip(&values) {
                if better(*value, best.map_or(0.0, |(_, value)| value)) {
                    best = Some((*place, *value));
                }
            }
            best.map(|(place, _)| place)
        };
        let (Some(least), Some(most)) = (extreme(|a, b| a < b), extreme(|a, b| a > b)) else {
            return false;
        };
        let flat = |place: usize, picture: &[[u8; 4]]| {
            let (places, edge) = self.around(place);
            let equal = places.iter().filter(|other| picture[**other] == picture[place]).count();
            equal + usize::from(edge) > 2
        };
        [least, most].into_iter().any(|place| flat(place, own) && flat(place, other))
    }
}
