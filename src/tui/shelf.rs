//! Regimens that a person keeps at hand: favourites, and those opened last.

/// How many of those opened last are kept.
const RECENT: usize = 5;

/// Regimens at hand, by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shelf {
    /// Favourites, the newest last.
    pub favourites: Vec<String>,
    /// Opened last, the newest first.
    pub recent: Vec<String>,
}

impl Shelf {
    /// Reads what [`Shelf::text`] wrote; other lines are left out.
    pub fn read(text: &str) -> Self {
        let of = |kind: &str| -> Vec<String> {
            let ids = text.lines().filter_map(|line| line.split_once(' ')).filter(|(known, _)| *known == kind);
            ids.map(|(_, id)| id.trim().to_owned()).filter(|id| !id.is_empty()).collect()
        };
        let mut recent = of("recent");
        recent.truncate(RECENT);
        Self { favourites: of("favourite"), recent }
    }

    /// A line a regimen.
    pub fn text(&self) -> String {
        let favourites = self.favourites.iter().map(|id| format!("favourite {id}\n"));
        favourites.chain(self.recent.iter().map(|id| format!("recent {id}\n"))).collect()
    }

    /// A regimen was opened.
    pub fn opened(&mut self, id: &str) {
        self.recent.retain(|known| known != id);
        self.recent.insert(0, id.to_owned());
        self.recent.truncate(RECENT);
    }

    /// Makes a regimen a favourite, or no longer one; whether it is one now.
    pub fn turn(&mut self, id: &str) -> bool {
        let before = self.favourites.len();
        self.favourites.retain(|known| known != id);
        let is_one = self.favourites.len() == before;
        if is_one {
            self.favourites.push(id.to_owned());
        }
        is_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_hand_is_kept_and_read_again() {
        let mut shelf = Shelf::default();
        for id in ["a", "b", "c", "d", "e", "f", "b"] {
            shelf.opened(id);
        }
        assert_eq!(shelf.recent, ["b", "f", "e", "d", "c"]);
        assert!(shelf.turn("z") && shelf.turn("y") && !shelf.turn("z"));
        assert_eq!(Shelf::read(&shelf.text()), shelf);
        assert_eq!(Shelf::read("nonsense\nrecent \n"), Shelf::default());
    }
}
