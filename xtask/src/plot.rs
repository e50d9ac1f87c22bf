//! How a cost grows, as a drawing: panels of curves, in SVG.

/// Points of one program: what grows, and CPU in ms.
pub(crate) struct Curve {
    pub(crate) name: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) points: Vec<(f64, f64)>,
}

/// Curves over the same axis.
pub(crate) struct Panel {
    pub(crate) title: &'static str,
    pub(crate) curves: Vec<Curve>,
}

/// Panels side by side.
pub(crate) fn drawing(panels: &[Panel]) -> String {
    const WIDTH: f64 = 300.0;
    // Beside each panel stand its scale and the curves' names.
    const PITCH: f64 = WIDTH + 190.0;
    const HEIGHT: f64 = 220.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} 290\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        panels.len() as f64 * PITCH,
    );
    for (number, Panel { title, curves }) in panels.iter().enumerate() {
        let left = 66.0 + number as f64 * PITCH;
        let all = || curves.iter().flat_map(|curve| &curve.points);
        let most = |of: fn(&(f64, f64)) -> f64| all().map(of).fold(1.0, f64::max);
        let (wide, high) = (most(|point| point.0), most(|point| point.1));
        let place =
            |(x, y): &(f64, f64)| (left + x / wide * WIDTH, 20.0 + HEIGHT - y / high * HEIGHT);
        svg.push_str(&format!(
            "<path d=\"M{left} 20V{bottom}H{right}\" fill=\"none\" stroke=\"#888\"/>\n\
             <text x=\"{middle}\" y=\"{under}\" text-anchor=\"middle\">{title}</text>\n\
             <text x=\"{beside}\" y=\"24\" text-anchor=\"end\">{high:.0} ms</text>\n\
             <text x=\"{beside}\" y=\"{bottom}\" text-anchor=\"end\">0</text>\n\
             <text x=\"{right}\" y=\"{scale}\" text-anchor=\"end\">{wide:.0}</text>\n",
            bottom = 20.0 + HEIGHT,
            right = left + WIDTH,
            middle = left + WIDTH / 2.0,
            under = HEIGHT + 58.0,
            scale = HEIGHT + 36.0,
            beside = left - 6.0,
        ));
        let ends: Vec<f64> = curves
            .iter()
            .map(|curve| curve.points.last().map(place).unwrap_or_default().1)
            .collect();
        for (Curve { name, colour, points }, y) in curves.iter().zip(apart(&ends)) {
            let drawn: Vec<String> =
                points.iter().map(place).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            svg.push_str(&format!(
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n\
                 <text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>\n",
                drawn.join(" "),
                left + WIDTH + 6.0,
                y + 4.0,
            ));
        }
    }
    svg + "</svg>\n"
}

/// Heights as near to these as names need to be readable under each other; the lowest stays where it is.
fn apart(ends: &[f64]) -> Vec<f64> {
    const LINE: f64 = 14.0;
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order.sort_by(|a, b| ends[*b].total_cmp(&ends[*a]));
    let (mut placed, mut above) = (ends.to_vec(), f64::INFINITY);
    for index in order {
        placed[index] = ends[index].min(above);
        above = placed[index] - LINE;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_curves_that_end_together_stand_apart() {
        assert_eq!(apart(&[100.0, 98.0, 20.0, 101.0]), [87.0, 73.0, 20.0, 101.0]);
    }
}
