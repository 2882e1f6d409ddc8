// Values as people type them in the files of carnet-de-bord.
#pragma once

#include "exchange/csv_import.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::exchange {

// 1998-05-25, 25/05/1998, 25-05-1998; a day or a month of one digit too.
std::optional<feel::Date> read_jour(std::string_view text) noexcept;

// What commas separate, without blanks around.
std::vector<std::string> split_list(std::string_view text);

// "Label (A1234), Other label (B5678)": a comma inside a label is not one between two.
struct Metiers {
  std::vector<std::string> codes, libelles;
};
Metiers read_metiers(std::string_view text);

bool is_siret(std::string_view text) noexcept; // 14 digits and their key (Luhn; La Poste has a rule of its own)

// The telephones of a cell; one whose digits are not those of a number is kept as it is written, and said.
std::vector<std::string> phones_of(Session &session, const RangeeCsv &row, std::string_view column);
// Its addresses in small letters; one that is none is a fault of the field.
std::vector<std::string> mails_of(Session &session, const RangeeCsv &row, std::string_view column);
// Its postcode; empty, and a fault of the field, when it is none.
std::string postcode_of(Session &session, const RangeeCsv &row, std::string_view column);

} // namespace spie::exchange
