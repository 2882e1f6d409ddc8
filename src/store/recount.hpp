// What an SQLite store keeps beside the chain, made anew from the events and compared: the row that an event is found
// by, the links of its subjects, the keys of its search. Edited, these would hide a fact or show that of another.
#pragma once

#include "sqlite/database.hpp"
#include "store/chained.hpp"

#include <memory>

namespace spie::store {

// Holds one reading of the database as long as it lives.
std::unique_ptr<Releve> recount(const sqlite::Database &database, const Constat &fault);

} // namespace spie::store
