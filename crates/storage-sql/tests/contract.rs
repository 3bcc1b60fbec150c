//! The contract of a store, stamped on a SQLite file and on PostgreSQL. `VUON_TEST_POSTGRES` names the server; without
//! it the suite fails.

testkit::stamp_contract!(sqlite by on_sqlite, postgres by on_postgres);
