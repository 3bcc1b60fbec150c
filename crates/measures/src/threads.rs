//! The same work on several threads at once; the parts come back in the order of the threads, the first fault wins.

use crate::Fault;

/// Runs `work` on so many threads, at least on this one.
pub fn run<T: Send>(threads: usize, work: impl Fn() -> Result<T, Fault> + Sync) -> Result<Vec<T>, Fault> {
    if threads <= 1 {
        return Ok(vec![work()?]);
    }
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(&work)).collect();
        let mut parts = vec![work()];
        for other in others {
            parts.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        parts.into_iter().collect()
    })
}
