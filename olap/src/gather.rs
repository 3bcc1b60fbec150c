//! From the engine's rows to the counts of each decomposition: the same [`Decomposition`] that one machine counts by itself, so
//! that every figure after it is the same code. Whole numbers only; start with [`Counted::read`].

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::{Context, Result, ensure};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int64Type};
use measures::Fault;
use measures::poverty::{Cube, Decomposition, FamilyPlan, LANES, Sums};

use crate::said::Unusable;

/// One row of [`crate::query::counts_sql`].
#[derive(Debug)]
struct Row {
    /// Values of [`FamilyPlan::columns`].
    key: Vec<i64>,
    score: u32,
    /// Cut-offs reached, as [`FamilyPlan::buckets`] counts them.
    bucket: usize,
    sums: Sums,
}

/// All rows of an answer.
#[derive(Debug, Default)]
pub struct Counted {
    rows: Vec<Row>,
    /// Households whose values allow no figure.
    pub amiss: i64,
    /// All households, to be held against what the files hold.
    pub households: u64,
}

impl Counted {
    /// Reads what the engine answered, in whatever order and pieces it came.
    pub fn read(plan: &FamilyPlan, batches: &[RecordBatch]) -> Result<Self> {
        let mut counted = Self::default();
        let mut people = 0;
        for batch in batches {
            let answer = Answer::of(plan, batch)?;
            for row in 0..batch.num_rows() {
                counted.amiss += answer.value(row, answer.keys + 3)?;
                counted.households += u64::try_from(answer.value(row, answer.keys + 1)?)?;
                if counted.amiss == 0 {
                    people += u64::try_from(answer.value(row, answer.keys + 2)?)?;
                    // Before anything is kept in 32 bits.
                    u32::try_from(people).map_err(|_| Fault::TooManyPeople { people })?;
                    counted.rows.push(answer.row(plan, row)?);
                }
            }
        }
        Ok(counted)
    }

    /// Whether every group and score came once and together they are so many households: nothing was lost on the way, and
    /// nothing counted twice.
    pub fn is_whole(&self, households: u64) -> bool {
        let once: HashSet<(&[i64], u32)> = self.rows.iter().map(|row| (row.key.as_slice(), row.score)).collect();
        self.households == households && (self.amiss > 0 || once.len() == self.rows.len())
    }

    /// Rolls the finest groups up to every decomposition of the plan.
    pub fn decompositions(&self, plan: &FamilyPlan) -> Result<Vec<Decomposition>> {
        plan.by.iter().map(|by| self.roll_up(plan, by)).collect()
    }

    fn roll_up(&self, plan: &FamilyPlan, by: &str) -> Result<Decomposition> {
        let columns = plan.places(by);
        let values =
            |row: &Row| -> Vec<i64> { columns.iter().filter_map(|place| row.key.get(*place)).copied().collect() };
        let all: BTreeSet<Vec<i64>> = self.rows.iter().map(values).collect();
        let groups: Vec<Vec<i64>> = all.into_iter().collect();
        let places: HashMap<&[i64], usize> =
            groups.iter().enumerate().map(|(place, values)| (values.as_slice(), place)).collect();
        let mut cube = Cube::new(plan, groups.len());
        for row in &self.rows {
            let cell = places.get(values(row).as_slice()).and_then(|group| cube.group_mut(*group).get_mut(row.bucket));
            let cell = cell.with_context(|| format!("bucket {} is beyond the cut-offs", row.bucket))?;
            cell.iter_mut().zip(row.sums).for_each(|(to, from)| *to += from);
        }
        drop(places);
        Ok(Decomposition { by: by.to_owned(), groups, cube })
    }
}

/// One piece of the answer, its columns as whole numbers.
struct Answer {
    names: Vec<String>,
    columns: Vec<ArrayRef>,
    keys: usize,
}

impl Answer {
    fn of(plan: &FamilyPlan, batch: &RecordBatch) -> Result<Self> {
        let keys = plan.columns().len();
        let (wanted, came) = (keys + 4 + plan.indicators.len(), batch.num_columns());
        ensure!(came == wanted, "the engine answered {came} columns, {wanted} were asked for");
        let columns = batch.columns().iter().map(|column| cast(column, &DataType::Int64)).collect::<Result<_, _>>()?;
        let names = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
        Ok(Self { names, columns, keys })
    }

    fn value(&self, row: usize, column: usize) -> Result<i64> {
        let values = self.columns.get(column).context("a column is missing")?.as_primitive::<Int64Type>();
        let name = self.names.get(column).map_or("?", String::as_str);
        ensure!(!values.is_null(row), Unusable::empty(name));
        Ok(values.value(row))
    }

    fn row(&self, plan: &FamilyPlan, row: usize) -> Result<Row> {
        let score = u32::try_from(self.value(row, self.keys)?).context("a score is no score")?;
        let sum = |column: usize| Ok::<u32, anyhow::Error>(u32::try_from(self.value(row, column)?)?);
        let mut sums = [0; LANES];
        for (lane, to) in sums.iter_mut().enumerate().take(plan.indicators.len()) {
            *to = sum(self.keys + 4 + lane)?;
        }
        sums[LANES - 1] = sum(self.keys + 2)?;
        Ok(Row {
            key: (0..self.keys).map(|column| self.value(row, column)).collect::<Result<_>>()?,
            score,
            bucket: plan.cutoffs.partition_point(|cutoff| *cutoff <= score),
            sums,
        })
    }
}

/// The one row of an answer without groups.
pub fn first_row(batches: &[RecordBatch]) -> Result<Vec<Option<i64>>> {
    let batch = batches.iter().find(|batch| batch.num_rows() > 0).context("the engine answered nothing")?;
    let first = |column: &ArrayRef| {
        let values = cast(column, &DataType::Int64)?;
        let values = values.as_primitive::<Int64Type>();
        Ok((!values.is_null(0)).then(|| values.value(0)))
    };
    batch.columns().iter().map(first).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::Int64Array;
    use measures::poverty::all_of;

    use super::*;
    use crate::query::counted;

    /// Columns of [`counted`]: area, score, households, everybody, amiss, deprived in d01, in d02.
    type Line = [i64; 7];

    fn plan() -> FamilyPlan {
        FamilyPlan { by: vec!["nation".into(), "area".into()], ..FamilyPlan::equal(vec!["d01".into(), "d02".into()]) }
    }

    fn read(lines: &[Line]) -> Result<Counted> {
        let columns = counted(&plan()).into_iter().enumerate().map(|(place, name)| {
            (name, Arc::new(Int64Array::from_iter_values(lines.iter().map(|line| line[place]))) as ArrayRef)
        });
        Counted::read(&plan(), &[RecordBatch::try_from_iter(columns).unwrap()])
    }

    const TWO: Line = [1, 2, 3, 10, 0, 10, 10];
    const ONE: Line = [1, 1, 2, 7, 0, 7, 0];
    const ELSEWHERE: Line = [0, 1, 4, 9, 0, 0, 9];

    #[test]
    fn an_answer_is_whole_when_every_group_came_once_and_no_household_is_missing() {
        let table: [(&[Line], u64, bool, &str); 5] = [
            (&[TWO, ONE, ELSEWHERE], 9, true, "all of it"),
            (&[TWO, ELSEWHERE], 9, false, "a piece was lost"),
            (&[TWO, ONE, ELSEWHERE, ONE], 9, false, "a piece came twice"),
            (&[TWO, TWO, [9, 0, 3, 1, 0, 0, 0]], 9, false, "one twice in place of others"),
            (&[], 0, true, "nobody"),
        ];
        for (lines, households, whole, what) in table {
            assert_eq!(read(lines).unwrap().is_whole(households), whole, "{what}");
        }
    }

    #[test]
    fn the_finest_groups_are_rolled_up_to_each_decomposition() {
        let [nation, area] = read(&[TWO, ONE, ELSEWHERE]).unwrap().decompositions(&plan()).unwrap().try_into().unwrap();
        assert_eq!((nation.groups, area.groups), (vec![Vec::new()], vec![vec![0], vec![1]]));
        // By cut-offs reached: none, the union, the intersection.
        assert_eq!(nation.cube.group(0).iter().map(all_of).collect::<Vec<_>>(), [0, 16, 10]);
        assert_eq!(area.cube.group(1).iter().map(all_of).collect::<Vec<_>>(), [0, 7, 10]);
    }

    #[test]
    fn more_people_than_a_count_holds_are_refused() {
        let half = i64::from(u32::MAX / 2);
        let most: Line = [1, 1, 1, half, 0, half, 0];
        assert!(read(&[most, [2, 1, 1, half, 0, 0, 0]]).is_ok());
        let refused = read(&[most, [2, 1, 1, half + 2, 0, 0, 0]]).unwrap_err();
        assert!(refused.downcast_ref::<Fault>().is_some_and(|fault| fault.code() == "MEA-011"), "{refused}");
    }

    #[test]
    fn nothing_is_added_up_while_a_household_is_amiss() {
        let counted = read(&[TWO, [1, 1, 2, -7, 1, 7, 0]]).unwrap();
        assert_eq!((counted.amiss, counted.households), (1, 5));
    }
}
