//! What the trial calls a cycle, and how its number is written.

/// What the trial calls a cycle. Every face, print-out and export takes the word, its plural and the short form from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum CycleWord {
    #[default]
    Cycle,
    /// Numbered by the weeks that have passed by plan, not one after the other.
    Week,
    Month,
    Period,
    Visit,
    Course,
    Block,
}

/// How a word is written.
struct Written {
    one: &'static str,
    many: &'static str,
    title: &'static str,
    titles: &'static str,
    letter: &'static str,
}

impl CycleWord {
    /// Every word.
    pub const ALL: [CycleWord; 7] = [
        CycleWord::Cycle,
        CycleWord::Week,
        CycleWord::Month,
        CycleWord::Period,
        CycleWord::Visit,
        CycleWord::Course,
        CycleWord::Block,
    ];

    const fn written(self) -> Written {
        let (one, many, title, titles, letter) = match self {
            CycleWord::Cycle => ("cycle", "cycles", "Cycle", "Cycles", "C"),
            CycleWord::Week => ("week", "weeks", "Week", "Weeks", "W"),
            CycleWord::Month => ("month", "months", "Month", "Months", "M"),
            CycleWord::Period => ("period", "periods", "Period", "Periods", "P"),
            CycleWord::Visit => ("visit", "visits", "Visit", "Visits", "V"),
            CycleWord::Course => ("course", "courses", "Course", "Courses", "C"),
            CycleWord::Block => ("block", "blocks", "Block", "Blocks", "B"),
        };
        Written { one, many, title, titles, letter }
    }

    /// `cycle`, as in the file.
    pub const fn one(self) -> &'static str {
        self.written().one
    }

    /// `cycles`
    pub const fn many(self) -> &'static str {
        self.written().many
    }

    /// `Cycle`
    pub const fn title(self) -> &'static str {
        self.written().title
    }

    /// `Cycles`
    pub const fn titles(self) -> &'static str {
        self.written().titles
    }

    /// `for one cycle`
    pub const fn for_one(self) -> &'static str {
        match self {
            CycleWord::Cycle => "for one cycle",
            CycleWord::Week => "for one week",
            CycleWord::Month => "for one month",
            CycleWord::Period => "for one period",
            CycleWord::Visit => "for one visit",
            CycleWord::Course => "for one course",
            CycleWord::Block => "for one block",
        }
    }

    /// `cycle 3`
    pub fn numbered(self, number: u32) -> String {
        format!("{} {number}", self.one())
    }

    /// `Cycle 3`
    pub fn titled(self, number: u32) -> String {
        format!("{} {number}", self.title())
    }

    /// `1 cycle`, `6 cycles`: of the weeks that pass, not of how often day 1 comes.
    pub fn counted(self, count: u32) -> String {
        if count == 1 { format!("1 {}", self.one()) } else { format!("{count} {}", self.many()) }
    }

    /// `1 cycle`, `6 cycles`, by how often day 1 comes: `6 intervals` where weeks are numbered as they pass.
    pub fn tally(self, count: usize) -> String {
        let (one, many) = if self == CycleWord::Week { ("interval", "intervals") } else { (self.one(), self.many()) };
        if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
    }

    /// `C3`
    pub fn short(self, number: u32) -> String {
        format!("{}{number}", self.written().letter)
    }

    /// `C3D1`
    pub fn on_day(self, number: u32, day: i32) -> String {
        format!("{}{number}D{day}", self.written().letter)
    }

    /// How much later the next number is than this one, where day 1 comes again after so many days. `None` where the word
    /// says a length of its own and this is another.
    pub fn step(self, length: i32) -> Option<u32> {
        match self {
            CycleWord::Week if length > 0 && length % 7 == 0 => u32::try_from(length / 7).ok(),
            CycleWord::Week => None,
            CycleWord::Month if !(28..=31).contains(&length) => None,
            _ => Some(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CycleWord;

    #[test]
    fn words_are_written_as_people_write_them() {
        assert_eq!(CycleWord::Cycle.on_day(3, -1), "C3D-1");
        assert_eq!(CycleWord::Week.on_day(0, 1), "W0D1");
        assert_eq!(CycleWord::Visit.counted(1), "1 visit");
        assert_eq!(CycleWord::Period.counted(4), "4 periods");
        assert_eq!(
            (CycleWord::Week.tally(5), CycleWord::Visit.tally(1)),
            ("5 intervals".to_owned(), "1 visit".to_owned())
        );
        assert_eq!(CycleWord::Month.titled(0), "Month 0");
    }

    #[test]
    fn weeks_are_numbered_as_they_pass() {
        assert_eq!(CycleWord::Week.step(28), Some(4));
        assert_eq!(CycleWord::Week.step(10), None);
        assert_eq!(CycleWord::Month.step(21), None);
        assert_eq!(CycleWord::Visit.step(10), Some(1));
    }
}
