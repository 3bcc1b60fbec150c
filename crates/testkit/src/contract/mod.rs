//! What every store must keep, one function a behaviour. [`crate::stamp_contract!`] makes a test of each on SQLite and on
//! PostgreSQL. A new behaviour is a function in the context's file and a line in the list below.

pub mod access;
pub mod intakes;
pub mod lists;
pub mod programme;
pub mod programme_work;
pub mod registry;
pub mod reporting;
pub mod review;
pub mod rounds;
pub mod search;
pub mod trail;
pub mod units;

use std::pin::Pin;

use storage::{Store, Work};

use crate::TestDatabase;

type Behaviour = for<'a> fn(&'a dyn Store) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Runs a behaviour on a fresh SQLite file.
pub fn on_sqlite(behaviour: Behaviour) {
    run(TestDatabase::sqlite(), behaviour);
}

/// Runs a behaviour on a fresh PostgreSQL database.
pub fn on_postgres(behaviour: Behaviour) {
    run(TestDatabase::postgres(), behaviour);
}

/// Runs a behaviour on a store in memory.
pub fn in_memory(behaviour: Behaviour) {
    runtime().block_on(async {
        let store = storage_sql::SqlStore::open("sqlite::memory:").await.unwrap_or_else(|error| panic!("{error:?}"));
        behaviour(&store).await;
    });
}

fn run(database: impl Future<Output = TestDatabase>, behaviour: Behaviour) {
    runtime().block_on(async {
        let database = database.await;
        behaviour(&database.store).await;
        database.remove().await;
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap_or_else(|error| panic!("{error}"))
}

/// A unit of work that reads.
pub(crate) async fn read(store: &dyn Store) -> Box<dyn Work> {
    store.read().await.unwrap_or_else(|error| panic!("{error:?}"))
}

/// A unit of work that writes.
pub(crate) async fn write(store: &dyn Store) -> Box<dyn Work> {
    store.write().await.unwrap_or_else(|error| panic!("{error:?}"))
}

/// Writes and commits in one breath.
macro_rules! committed {
    ($store:expr, $work:ident => $($step:expr),+ $(,)?) => {{
        let mut $work = $crate::contract::write($store).await;
        $($step.await.unwrap();)+
        $work.commit().await.unwrap();
    }};
}
pub(crate) use committed;

/// Makes a test of every behaviour with `$runner`, in modules named after the contexts.
#[macro_export]
macro_rules! stamp_contract {
    ($($database:ident by $runner:ident),+ $(,)?) => {
        $(
            mod $database {
                $crate::stamp_contract! { @list $runner }
            }
        )+
    };
    (@list $runner:ident) => {
        $crate::stamp_contract! { @context $runner units:
            villages_are_listed_in_vietnamese_order
            a_village_of_the_same_folded_name_is_left_as_it_is
            villages_outside_the_scope_are_hidden
            village_totals_replace_those_of_the_same_year
            a_change_of_boundaries_is_found_as_recorded
            a_withdrawn_change_stays_readable
            changes_belong_to_their_province
            placements_replace_those_of_the_same_step
            placements_outside_the_scope_are_hidden
            households_are_to_be_placed_until_they_or_their_village_are
            a_removed_household_takes_its_placement_along
        }
        $crate::stamp_contract! { @context $runner registry:
            a_saved_household_is_found_whole
            a_household_outside_the_scope_is_not_found
            codes_of_another_list_of_units_are_another_place
            saving_grows_the_version_and_a_stale_version_is_refused
            a_reviewed_household_steps_on_as_it_is_and_a_stale_version_is_refused
            saving_an_unknown_household_is_refused
            members_who_leave_keep_their_time
            a_person_goes_with_a_split_and_is_kept_once
            heads_are_listed_folded_without_closed_households
            a_move_between_communes_changes_who_sees_the_household
            removing_households_leaves_nothing_behind
            removing_takes_only_what_the_scope_holds
            a_dropped_unit_of_work_stores_nothing
            thousands_are_added_at_once
            a_reader_sees_one_state_of_the_data
            a_handover_is_seen_from_both_ends_only
            a_household_has_one_open_handover
        }
        $crate::stamp_contract! { @context $runner lists:
            heads_are_sorted_by_given_name_in_vietnamese_order
            pages_add_up_to_the_whole
            counts_follow_every_change
            closed_households_are_hidden_unless_asked_for
            a_class_of_the_year_filters_the_list
            a_village_filters_the_list
            a_list_hides_other_communes
            rows_show_the_scores_of_the_year
            only_assessed_households_when_asked
            a_new_head_moves_the_household_in_every_list
        }
        $crate::stamp_contract! { @context $runner search:
            words_match_at_word_starts_only
            marks_are_left_aside
            typed_marks_rank_first
            members_and_papers_are_searched
            all_words_must_fit
            a_search_hides_other_communes
            a_search_keeps_the_filters
            a_renamed_member_is_found_by_the_new_name_only
            signs_alone_find_nothing
            many_results_are_capped_and_paged_in_order
            typed_marks_rank_first_among_many
            a_rare_word_is_found_among_many
        }
        $crate::stamp_contract! { @context $runner review:
            an_assessment_is_found_as_saved
            an_assessment_replaces_that_of_the_same_year
            assessments_stay_where_the_household_lived
            assessments_outside_the_scope_are_hidden
            removed_assessments_are_gone_from_the_list
            classes_before_a_year_come_without_that_year
            classes_are_counted_by_the_place_of_the_review
            events_between_two_days_include_both
            years_with_assessments_are_listed_newest_first
            a_submission_saved_twice_at_the_same_version_is_refused
            one_commune_has_one_list_a_year
            submissions_outside_the_scope_are_hidden
            decisions_on_a_list_are_kept_with_what_was_before
        }
        $crate::stamp_contract! { @context $runner intakes:
            an_intake_is_listed_without_its_content
            an_intake_saved_twice_at_the_same_version_is_refused
            an_intake_outside_the_scope_is_hidden
            intake_changes_come_back_as_kept
            remembered_columns_are_replaced
            what_an_import_left_is_restated_for_one_household_and_version
        }
        $crate::stamp_contract! { @context $runner reporting:
            a_snapshot_is_found_as_entered
            snapshots_come_newest_first_and_by_year
            snapshots_outside_the_scope_are_hidden
            snapshots_of_a_unit_and_those_above_it_are_found_together
            a_snapshot_entered_twice_stays_as_it_is
            the_last_check_of_a_snapshot_is_kept
            a_snapshot_of_a_dropped_unit_of_work_is_not_entered
        }
        $crate::stamp_contract! { @context $runner programme:
            a_plan_is_found_whole_and_listed_by_year_and_version
            a_plan_belongs_to_one_unit
            a_version_of_a_years_plan_is_taken_once
            bindings_come_back_in_the_order_they_were_added
            a_binding_saved_twice_at_the_same_version_is_refused
        }
        $crate::stamp_contract! { @context $runner rounds:
            a_round_is_found_as_saved
            a_round_saved_twice_at_the_same_version_is_refused
            rounds_outside_the_scope_are_hidden
            a_village_scope_sees_only_its_village
            a_commune_round_keeps_its_state
            papers_numbered_at_once_never_share_a_number
            a_survey_is_stored_once_however_often_it_is_sent
            a_surveys_standing_can_change_and_nothing_else
            a_file_is_kept_once_and_only_for_its_place
            requests_come_newest_first_within_the_scope
            requests_without_a_household_wait_within_the_scope_until_they_are_placed
            results_of_a_unit_are_kept_side_by_side
        }
        $crate::stamp_contract! { @context $runner programme_work:
            an_activity_is_found_as_recorded_within_its_scope
            participants_are_summed_as_different_people
            an_activity_saved_twice_at_the_same_version_is_refused
            an_import_of_work_is_taken_back_whole
            a_model_taken_away_is_gone_with_its_households
            staff_leave_the_list_on_a_day_or_were_never_on_it
            what_was_recorded_already_is_found_before_it_is_recorded_again
            a_file_of_work_is_known_until_its_import_is_taken_back
            one_person_has_a_need_of_a_kind_once_a_year
            a_need_counts_in_its_own_year_alone
            a_model_keeps_its_households_within_its_scope
            a_duty_closed_twice_at_the_same_version_is_refused
            a_file_is_kept_once_and_given_back_within_the_scope
            forms_read_the_households_of_a_commune_wherever_their_lists_lie
            totals_of_a_commune_are_those_of_its_villages
            working_rows_are_those_reviewed_in_the_commune_in_the_year
            facts_hold_those_present_with_needs_and_work_of_the_year
            every_change_to_facts_grows_the_version_of_its_unit
            a_change_names_its_household_and_many_at_once_are_everybody
            an_older_sheet_does_not_replace_a_newer_one
            money_is_summed_within_its_scope_and_taken_back
            files_are_counted_by_what_they_show
        }
        $crate::stamp_contract! { @context $runner access:
            a_user_signs_in_in_any_case
            a_login_belongs_to_one_user
            users_are_listed_within_the_scope
            a_session_lives_until_it_ends
            settings_are_replaced
            confirmations_are_kept_by_key
            packs_are_kept_by_version
        }
        $crate::stamp_contract! { @context $runner trail:
            entries_come_newest_first
            entries_outside_the_scope_are_hidden
            entries_of_no_place_are_for_the_province
            entries_about_one_thing_are_found
            an_untouched_chain_holds
            two_writers_append_to_one_chain
        }
    };
    (@context $runner:ident $context:ident: $($behaviour:ident)+) => {
        mod $context {
            $(
                #[test]
                fn $behaviour() {
                    $crate::contract::$runner(|store| Box::pin($crate::contract::$context::$behaviour(store)));
                }
            )+
        }
    };
}
