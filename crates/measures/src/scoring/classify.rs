//! Every household of a survey file: B1, B2 and class, written to a result file. Streams: memory holds some row groups.
//! The household column is taken over byte for byte, never decoded. Start with [`classify`].

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescPtr;

use super::pack::Pack;
use super::scorer::{Block, Scorer};
use super::tables::{BLOCK, Tables};
use crate::Fault;
use crate::columns::{ChunkWriter, Codes, Column, Packed, Runs, Table, TableWriter, whole_column};

/// Columns of the survey that are named by no pack.
const HOUSEHOLD: &str = "household";
const AREA: &str = "area";

/// What was classified.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classified {
    pub households: u64,
    /// Sum over all households.
    pub b1: i64,
    pub b2: i64,
    /// Households by class code.
    pub classes: BTreeMap<u8, u64>,
}

/// Classifies `survey` into the new file `out`, which stands there whole or not at all.
pub fn classify(survey: &Path, pack: &Pack, out: &Path, threads: usize) -> Result<Classified, Fault> {
    let unfinished = out.with_added_extension("unfinished");
    let done = classify_into(survey, pack, &unfinished, threads).and_then(|classified| {
        let renamed = std::fs::rename(&unfinished, out);
        renamed.map_err(|e| Fault::Unwritable { path: out.display().to_string(), why: e.to_string() })?;
        Ok(classified)
    });
    if done.is_err() {
        // The fault itself is what the person needs to hear.
        let _ = std::fs::remove_file(&unfinished);
    }
    done
}

fn classify_into(survey: &Path, pack: &Pack, out: &Path, threads: usize) -> Result<Classified, Fault> {
    let job = Job::open(survey, pack, out)?;
    let next = AtomicUsize::new(0);
    let threads = threads.clamp(1, job.table.row_groups().max(1));
    let parts = crate::threads::run(threads, || {
        let mut sum = Classified::default();
        loop {
            let group = next.fetch_add(1, Ordering::Relaxed);
            if group >= job.table.row_groups() || !job.queue.wait_for(group, 2 * threads) {
                return Ok(sum);
            }
            match job.score(group, &mut sum).and_then(|chunks| job.queue.append(group, chunks)) {
                Ok(()) => {}
                Err(fault) => {
                    job.queue.give_up();
                    return Err(fault);
                }
            }
        }
    })?;
    job.queue.finish()?;
    let mut whole = Classified::default();
    for part in parts {
        whole.households += part.households;
        whole.b1 += part.b1;
        whole.b2 += part.b2;
        part.classes.iter().for_each(|(class, many)| *whole.classes.entry(*class).or_default() += many);
    }
    Ok(whole)
}

struct Job {
    table: Table,
    scorer: Scorer,
    household: usize,
    area: usize,
    items: Vec<usize>,
    deprivations: Vec<usize>,
    columns: [Column; 3],
    queue: Queue,
    path: String,
}

impl Job {
    fn open(survey: &Path, pack: &Pack, out: &Path) -> Result<Self, Fault> {
        let table = Table::open(survey)?;
        let scorer = Scorer::new(pack)?;
        let path = out.display().to_string();
        let unwritable = |e: ParquetError| Fault::Unwritable { path: path.clone(), why: e.to_string() };
        let household = table.column(HOUSEHOLD)?;
        let taken_over = table.place(household);
        let (b1, b2, class) = dictionaries(&scorer);
        let bits = |values: &[i32]| if values.iter().all(|v| i16::try_from(*v).is_ok()) { 16 } else { 32 };
        let schema = vec![
            taken_over.self_type_ptr(),
            whole_column("b1", bits(&b1), true).map_err(unwritable)?,
            whole_column("b2", bits(&b2), true).map_err(unwritable)?,
            whole_column("class", 8, false).map_err(unwritable)?,
        ];
        let writer = TableWriter::create(out, schema, &[])?;
        let columns = columns(&writer.places(), b1, b2, class).map_err(unwritable)?;
        Ok(Self {
            household,
            area: table.column(AREA)?,
            items: table.columns(scorer.items.iter().map(|item| item.column.as_str()))?,
            deprivations: table.columns(scorer.deprivations.iter().map(String::as_str))?,
            columns,
            queue: Queue::new(writer),
            table,
            scorer,
            path,
        })
    }

    /// Scores one row group into its packed columns.
    fn score(&self, group: usize, sum: &mut Classified) -> Result<Vec<Packed>, Fault> {
        let open = |column: &usize| Codes::open(&self.table, group, *column);
        let mut areas = Runs::open(&self.table, group, self.area)?;
        let mut items = self.items.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let mut deprivations = self.deprivations.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let unwritable = |e: ParquetError| Fault::Unwritable { path: self.path.clone(), why: e.to_string() };
        let [b1, b2, class] = &self.columns;
        let mut b1 = ChunkWriter::new(b1.clone()).map_err(unwritable)?;
        let mut b2 = ChunkWriter::new(b2.clone()).map_err(unwritable)?;
        let mut class = ChunkWriter::new(class.clone()).map_err(unwritable)?;
        let mut tables = Tables::default();
        let mut block = Box::new(Block::new());
        let mut totals = Totals::default();
        let codes = self.scorer.codes();
        let mut left = self.table.rows_of(group);
        while left > 0 {
            let (area, alike) = areas.ready()?;
            let mut rows = left.min(alike).min(BLOCK);
            for column in items.iter_mut().chain(&mut deprivations) {
                rows = rows.min(column.ready()?);
            }
            let Some(area) = self.scorer.areas.iter().position(|known| *known == area) else {
                let row = self.table.first_row_of(group) + (self.table.rows_of(group) - left) as u64 + 1;
                let allowed = self.scorer.areas.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                return Err(Fault::Outside { column: AREA.to_owned(), value: area, row, allowed });
            };
            tables.fit(&self.scorer.items, self.scorer.areas.len(), &items);
            areas.skip(rows);
            for column in items.iter_mut().chain(&mut deprivations) {
                column.skip(rows);
            }
            tables.check(&self.scorer.items, &items, rows)?;
            let turns = deprivations.iter().map(|column| column.turn(rows)).collect::<Result<Vec<_>, _>>()?;
            let answers: Vec<&[u8]> = items.iter().map(|column| column.last(rows)).collect();
            let deprived: Vec<(&[u8], u8)> = deprivations.iter().zip(turns).map(|(c, t)| (c.last(rows), t)).collect();
            self.scorer.score(&tables, area, rows, &answers, &deprived, &mut block);
            totals.add(&block, rows, &codes);
            b1.sums(block.steps.get(..rows).unwrap_or_default()).map_err(unwritable)?;
            b2.codes(block.deprived.get(..rows).unwrap_or_default()).map_err(unwritable)?;
            class.codes(block.class.get(..rows).unwrap_or_default()).map_err(unwritable)?;
            left -= rows;
        }
        totals.add_to(sum, &self.scorer);
        let household = Packed::copied(&self.table, group, self.household).ok_or_else(|| Fault::Unreadable {
            path: self.table.path().to_owned(),
            why: format!("row group {group} is not whole"),
        })?;
        let made = [b1, b2, class].into_iter().map(ChunkWriter::finish).collect::<parquet::errors::Result<Vec<_>>>();
        Ok(std::iter::once(household).chain(made.map_err(unwritable)?).collect())
    }
}

/// The values of the codes of B1, B2 and class.
fn dictionaries(scorer: &Scorer) -> (Vec<i32>, Vec<i32>, Vec<i32>) {
    let b1 = (0..=i32::from(scorer.most_steps)).map(|steps| scorer.base + scorer.step * steps).collect();
    let most = i32::try_from(scorer.deprivations.len()).unwrap_or(i32::MAX);
    let b2 = (0..=most).map(|many| scorer.deprivation_points * many).collect();
    (b1, b2, (0..=scorer.codes().last().map_or(0, |code| i32::from(*code))).collect())
}

fn columns(
    places: &[ColumnDescPtr],
    b1: Vec<i32>,
    b2: Vec<i32>,
    class: Vec<i32>,
) -> parquet::errors::Result<[Column; 3]> {
    let [_, first, second, third] = places else { return Err(ParquetError::General("four columns were made".into())) };
    let narrow = |place: &ColumnDescPtr, values: Vec<i32>| {
        let column = Column::narrow(place.clone(), values.into());
        if column.width > 8 { Column { width: 16, ..column } } else { column }
    };
    Ok([narrow(first, b1), narrow(second, b2), narrow(third, class)])
}

/// Sums of one row group, in codes.
#[derive(Default)]
struct Totals {
    households: u64,
    steps: u64,
    deprived: u64,
    classes: BTreeMap<u8, u64>,
}

impl Totals {
    fn add(&mut self, block: &Block, rows: usize, codes: &[u8]) {
        self.households += rows as u64;
        self.steps += block.steps.iter().take(rows).map(|s| u64::from(*s)).sum::<u64>();
        self.deprived += block.deprived.iter().take(rows).map(|d| u64::from(*d)).sum::<u64>();
        for class in codes {
            let many = block.class.iter().take(rows).filter(|c| **c == *class).count();
            *self.classes.entry(*class).or_default() += many as u64;
        }
    }

    fn add_to(self, sum: &mut Classified, scorer: &Scorer) {
        let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        sum.households += self.households;
        sum.b1 += i64::from(scorer.base) * whole(self.households) + i64::from(scorer.step) * whole(self.steps);
        sum.b2 += i64::from(scorer.deprivation_points) * whole(self.deprived);
        self.classes.into_iter().for_each(|(class, many)| *sum.classes.entry(class).or_default() += many);
    }
}

/// Row groups on their way into the file: made in any order, appended in theirs.
struct Queue {
    state: Mutex<State>,
    moved: Condvar,
}

struct State {
    writer: Option<TableWriter>,
    next: usize,
    waiting: BTreeMap<usize, Vec<Packed>>,
    has_failed: bool,
}

impl Queue {
    fn new(writer: TableWriter) -> Self {
        let state = State { writer: Some(writer), next: 0, waiting: BTreeMap::new(), has_failed: false };
        Self { state: Mutex::new(state), moved: Condvar::new() }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds a thread back that is too far ahead, so that memory stays bounded; `false` when another gave up.
    fn wait_for(&self, group: usize, ahead: usize) -> bool {
        let is_too_far = |state: &mut State| !state.has_failed && group >= state.next + ahead;
        let state = self.moved.wait_while(self.lock(), is_too_far).unwrap_or_else(PoisonError::into_inner);
        !state.has_failed
    }

    fn append(&self, group: usize, chunks: Vec<Packed>) -> Result<(), Fault> {
        let mut state = self.lock();
        state.waiting.insert(group, chunks);
        loop {
            let next = state.next;
            let Some(chunks) = state.waiting.remove(&next) else { break };
            if let Some(writer) = &mut state.writer {
                writer.append(chunks)?;
            }
            state.next += 1;
        }
        drop(state);
        self.moved.notify_all();
        Ok(())
    }

    fn give_up(&self) {
        self.lock().has_failed = true;
        self.moved.notify_all();
    }

    fn finish(&self) -> Result<(), Fault> {
        self.lock().writer.take().map_or(Ok(()), TableWriter::finish)
    }
}
