// What a household of a VRSB flow says, as payloads of events.
#pragma once

#include "exchange/codes.hpp"
#include "exchange/session.hpp"
#include "spie/exchange/vrsb.hpp"

namespace spie::exchange::vrsb {

// Her birth date, unless it cannot be one as of the file.
std::optional<feel::Date> birth_of(const PersonneVrsb &person, feel::Date reference);
// What is true of one person, and of the household that its adults share.
void state_person(Session &session, Codes &codes, Fil &said, const PersonneVrsb &person, const std::string &place);
void state_membership(Fil &said, const PersonneVrsb &person, const dossier::Sujet &household, const std::string &place);
void state_addresses(Fil &said, const FoyerVrsb &household, const std::string &place);
void state_household(Session &session, Codes &codes, Fil &said, const FoyerVrsb &household, const std::string &place);
void check_codes(Codes &codes, const FoyerVrsb &household, const std::string &place);

} // namespace spie::exchange::vrsb
