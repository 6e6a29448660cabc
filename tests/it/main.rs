//! The integration binary: the ledger on both engines, the registries, and the stories across services.

mod access;
mod bad_input;
mod case_story;
mod complaints_story;
mod county;
mod crime_story;
mod disclosure_story;
mod doors;
mod engines;
mod kill;
mod ledger;
mod letters;
mod links;
mod lists;
mod matter;
mod numbers;
mod outage;
mod pages;
mod people;
mod process;
mod rebuild;
mod reporting_story;
mod rules;
mod spot_story;
mod turn_of_year;
mod vault;
