// What the values of a kind must be, whatever the format that brings them: one set for the flows, the CSV and the
// plans. Of a wrong one: why, in words that are true of it, and what to do.
#pragma once

#include "exchange/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

struct FauteValeur {
  std::string motif, remede; // in French
};

// Nothing when it is a good one.
std::optional<FauteValeur> nir_fault(std::string_view text);
std::optional<FauteValeur> phone_fault(std::string_view text);
std::optional<FauteValeur> mail_fault(std::string_view text);
std::optional<FauteValeur> postcode_fault(std::string_view text);
std::optional<FauteValeur> birth_fault(feel::Date birth, feel::Date reference);
// Of a text that is no amount, and of a date of the file that has not come.
FauteValeur amount_fault(std::string_view text);
std::optional<FauteValeur> reference_fault(feel::Date reference, dossier::Instant recorded);

enum class GenreValeur { telephone, courriel, code_postal };
// Of a field of an event; nothing for those that have no check.
std::optional<GenreValeur> kind_of(std::string_view champ);
std::optional<FauteValeur> fault_of(GenreValeur kind, std::string_view text);
// Whether a wrong one is kept all the same: somebody may read a telephone right.
inline bool is_kept(GenreValeur kind) { return kind == GenreValeur::telephone; }
// Says what is wrong with the value; false when it is not kept. A telephone is: somebody may read it right.
bool keeps(Session &session, GenreValeur kind, const std::string &place, std::string_view champ,
           const std::string &value);
// The birth date, unless it follows the file's or nobody is as old.
std::optional<feel::Date> kept_birth(Session &session, std::optional<feel::Date> birth, const std::string &place,
                                     std::string_view champ);

// A cell of several addresses, between commas: one with a comma in it is one, and wrong.
std::vector<std::string> split_mails(std::string_view text);

} // namespace spie::exchange
