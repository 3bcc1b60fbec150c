//! One page of a longer list.

/// Which page is asked for; pages are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub number: u32,
    pub size: u32,
}

impl Page {
    pub fn new(number: u32, size: u32) -> Self {
        Self { number: number.max(1), size: size.clamp(1, 1000) }
    }

    pub fn offset(self) -> i64 {
        i64::from(self.number - 1) * i64::from(self.size)
    }
}

/// The rows of one page and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOf<T> {
    pub rows: Vec<T>,
    pub total: i64,
    /// The count stopped at `total`; there are more.
    pub capped: bool,
    pub page: Page,
}

impl<T> PageOf<T> {
    pub fn pages(&self) -> u32 {
        let size = i64::from(self.page.size);
        u32::try_from((self.total + size - 1) / size).unwrap_or(u32::MAX).max(1)
    }
}
