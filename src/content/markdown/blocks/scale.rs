//! The scale of an axis: round numbers around all values.

/// A scale.
pub(super) struct Scale {
    least: f64,
    most: f64,
    step: f64,
}

impl Scale {
    /// The scale of these values. It begins at zero, unless they are far above or below.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut least, mut most) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
        if !(least.is_finite() && most.is_finite()) {
            (least, most) = (0.0, 1.0);
        }
        if least > 0.0 && least < most * 0.7 || least >= most {
            least = least.min(0.0);
        }
        if most < 0.0 && most > least * 0.7 {
            most = 0.0;
        }
        if least >= most {
            most = least + 1.0;
        }
        let rough = (most - least) / 4.0;
        let size = 10f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|factor| factor * size).find(|step| *step >= rough * 0.999);
        let step = step.unwrap_or(rough);
        Self { least: (least / step).floor() * step, most: (most / step).ceil() * step, step }
    }

    /// The round numbers, from the least.
    pub(super) fn ticks(&self) -> Vec<f64> {
        (0u8..=8)
            .map(|index| self.least + f64::from(index) * self.step)
            .take_while(|tick| *tick <= self.most + self.step / 2.0)
            .collect()
    }

    /// The number at the bottom, or zero where that is within the scale.
    pub(super) fn base(&self) -> f64 {
        self.least.max(0.0_f64.min(self.most))
    }

    /// The place of a value, from 0 to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        (value - self.least) / (self.most - self.least)
    }

    /// A round number in words of figures.
    pub(super) fn label(&self, tick: f64) -> String {
        let places = if self.step >= 1.0 && (self.step - self.step.round()).abs() < 1e-9 { 0 } else { 6 };
        let text = format!("{tick:.places$}");
        let text = if places > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        if text == "-0" { "0".to_owned() } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let labels = |values: &[f64]| {
            let scale = Scale::of(values.iter().copied());
            scale.ticks().into_iter().map(|tick| scale.label(tick)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(&[3.0, 17.0]), "0 5 10 15 20");
        assert_eq!(labels(&[101.0, 104.0]), "101 102 103 104");
        assert_eq!(labels(&[-3.0, 4.0]), "-4 -2 0 2 4");
        assert_eq!(labels(&[0.1, 0.35]), "0 0.1 0.2 0.3 0.4");
        assert_eq!(labels(&[]), "0 0.25 0.5 0.75 1");
        assert_eq!(labels(&[7.0]), "0 2 4 6 8");
    }
}
