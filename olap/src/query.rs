//! From the definitions of one machine to one SQL statement: households by the finest groups and by their score, with the sums
//! that every figure of the family follows from. Whole numbers only, so that any engine adds to the same. Start with [`counts_sql`].

use measures::poverty::FamilyPlan;

/// The name under which the survey is known to the engine.
pub const SURVEY: &str = "survey";

/// The largest weight of one household, as on one machine.
pub const MOST_PERSONS: u32 = 65_535;

/// `SELECT <columns…>, _score, _households, _everybody, _amiss, <_deprived in each indicator…> … GROUP BY <columns…>, _score`.
///
/// `_amiss` counts the households with an empty or an impossible value in a column that is added up; while it is not 0 no
/// figure follows, and [`spoilt_sql`] says which column it is.
pub fn counts_sql(plan: &FamilyPlan) -> String {
    let weight = plan.persons.as_ref().map_or_else(|| "1".to_owned(), |column| big(column));
    let score: Vec<String> =
        plan.indicators.iter().zip(&plan.weights).map(|(column, parts)| format!("{parts} * {}", big(column))).collect();
    let sound: Vec<String> = summed(plan).map(|(column, most)| sound(column, most)).collect();
    let mut values: Vec<String> = plan.columns().into_iter().map(quoted).collect();
    let groups = (1..=values.len() + 1).map(|place| place.to_string()).collect::<Vec<_>>().join(", ");
    values.push(score.join(" + "));
    values.push("count(*)".to_owned());
    values.push(sum(&weight));
    values.push(sum(&format!("CASE WHEN {} THEN 0 ELSE 1 END", sound.join(" AND "))));
    values.extend(plan.indicators.iter().map(|column| sum(&format!("{weight} * {}", big(column)))));
    let answer: Vec<String> =
        values.iter().zip(counted(plan)).map(|(value, name)| format!("{value} AS {}", quoted(&name))).collect();
    format!("SELECT {} FROM {SURVEY} GROUP BY {groups}", answer.join(", "))
}

/// The columns of that answer, in their order.
pub fn counted(plan: &FamilyPlan) -> Vec<String> {
    let mut names: Vec<String> = plan.columns().into_iter().map(str::to_owned).collect();
    names.extend(["_score", "_households", "_everybody", "_amiss"].map(str::to_owned));
    names.extend(plan.indicators.iter().map(|column| format!("_{column}")));
    names
}

/// Reads that answer where another engine has stored it.
pub fn stored_sql(plan: &FamilyPlan) -> String {
    let names: Vec<String> = counted(plan).iter().map(|name| quoted(name)).collect();
    format!("SELECT {} FROM {SURVEY}", names.join(", "))
}

/// For each column that is added up, how many households have no value there, and the lowest and the highest value.
pub fn spoilt_sql(plan: &FamilyPlan) -> String {
    let one = |(column, _): (&String, u32)| {
        let column = big(column);
        format!("count(*) - count({column}), min({column}), max({column})")
    };
    format!("SELECT {} FROM {SURVEY}", summed(plan).map(one).collect::<Vec<_>>().join(", "))
}

/// The columns that are added up, each with its largest value; the lowest is 0.
pub fn summed(plan: &FamilyPlan) -> impl Iterator<Item = (&String, u32)> {
    let indicators = plan.indicators.iter().map(|column| (column, 1));
    indicators.chain(plan.persons.iter().map(|column| (column, MOST_PERSONS)))
}

fn sound(column: &str, most: u32) -> String {
    format!("{} BETWEEN 0 AND {most}", big(column))
}

/// Columns are single bytes in the file; their sums are not.
fn big(column: &str) -> String {
    format!("CAST({} AS BIGINT)", quoted(column))
}

/// Some engines add whole numbers up to a type of their own, which no Parquet file holds.
fn sum(of: &str) -> String {
    format!("CAST(sum({of}) AS BIGINT)")
}

/// A column's name as SQL takes it, whatever it is made of.
fn quoted(column: &str) -> String {
    format!("\"{}\"", column.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan() -> FamilyPlan {
        FamilyPlan {
            weights: vec![2, 1],
            persons: Some("size".into()),
            by: ["nation", "area", "area"].map(str::to_owned).to_vec(),
            ..FamilyPlan::equal(vec!["d01".into(), "d02".into()])
        }
    }

    #[test]
    fn a_question_is_the_definitions_in_sql() {
        assert_eq!(
            counts_sql(&plan()),
            "SELECT \"area\" AS \"area\", 2 * CAST(\"d01\" AS BIGINT) + 1 * CAST(\"d02\" AS BIGINT) AS \"_score\", \
             count(*) AS \"_households\", CAST(sum(CAST(\"size\" AS BIGINT)) AS BIGINT) AS \"_everybody\", \
             CAST(sum(CASE WHEN CAST(\"d01\" AS BIGINT) BETWEEN 0 AND 1 AND CAST(\"d02\" AS BIGINT) BETWEEN 0 AND 1 \
             AND CAST(\"size\" AS BIGINT) BETWEEN 0 AND 65535 THEN 0 ELSE 1 END) AS BIGINT) AS \"_amiss\", \
             CAST(sum(CAST(\"size\" AS BIGINT) * CAST(\"d01\" AS BIGINT)) AS BIGINT) AS \"_d01\", \
             CAST(sum(CAST(\"size\" AS BIGINT) * CAST(\"d02\" AS BIGINT)) AS BIGINT) AS \"_d02\" FROM survey GROUP BY 1, 2"
        );
    }

    #[test]
    fn households_count_once_where_no_column_says_more() {
        assert!(
            counts_sql(&FamilyPlan { persons: None, ..plan() }).contains("CAST(sum(1) AS BIGINT) AS \"_everybody\"")
        );
    }

    #[test]
    fn a_column_cannot_say_more_than_its_name() {
        assert_eq!(quoted("a\" FROM x --"), "\"a\"\" FROM x --\"");
    }
}
