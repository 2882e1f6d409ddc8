// Values as France Travail writes them: NULL for nothing, O for yes, an instant for a day.
#pragma once

#include "exchange/csv_import.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spie::exchange {

// "2020-02-13 00:00:00.0", one to nine decimals, or the day alone.
std::optional<feel::Date> read_horodate(std::string_view text) noexcept;

// The day of a cell; a fault of the field when it is none.
std::optional<feel::Date> date_of(Session &session, const RangeeCsv &row, std::string_view column);

// "oui" for O or OUI, "non_aborde" for nothing: NULL is never no. Nothing for what no source explains.
std::optional<std::string_view> read_oui(std::string_view text) noexcept;

// The persons who bear the identifier "identifiant_unique_de", each once, merged dossiers as one.
std::vector<dossier::Sujet> holders_of(dossier::Journal &journal, std::string_view identifier);

constexpr std::string_view genre_identifiant = "france_travail";

} // namespace spie::exchange
