//! The same work on many things, on all cores, told in their order: how many threads there are changes nothing that is told.

use std::num::NonZero;

use crate::failure::Failure;

/// Does `work` on every thing and hands what came of it to `put`, in order. A thread does `lot` things before they are
/// handed over, so that no more than a lot a thread is held.
pub(super) fn all<Thing: Sync, Done: Send>(
    things: &[Thing],
    lot: usize,
    work: impl Fn(&Thing) -> Done + Sync,
    mut put: impl FnMut(Done) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    if threads == 1 || things.len() <= 1 {
        return things.iter().try_for_each(|thing| put(work(thing)));
    }
    let lot = lot.min(things.len().div_ceil(threads)).max(1);
    for round in things.chunks(lot.saturating_mul(threads)) {
        let done = std::thread::scope(|scope| {
            let lots = round.chunks(lot);
            let threads: Vec<_> = lots.map(|lot| scope.spawn(|| lot.iter().map(&work).collect::<Vec<_>>())).collect();
            threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Vec<_>>()
        });
        for lot in done {
            match lot {
                Ok(done) => done.into_iter().try_for_each(&mut put)?,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_comes_is_told_in_the_order_of_the_things_and_a_refusal_ends_it() {
        let things: Vec<u32> = (0..1_000).collect();
        for lot in [1, 7, 2_000] {
            let mut told = Vec::new();
            let put = |double| {
                told.push(double);
                Ok(())
            };
            all(&things, lot, |thing| thing * 2, put).unwrap();
            assert_eq!(told, (0..1_000).map(|thing| thing * 2).collect::<Vec<u32>>());
        }
        let mut told = 0;
        let ended = all(
            &things,
            7,
            |thing| *thing,
            |thing| {
                told += 1;
                if thing == 10 { Err(Failure::usage("enough")) } else { Ok(()) }
            },
        );
        assert_eq!((ended.is_err(), told), (true, 11));
    }
}
