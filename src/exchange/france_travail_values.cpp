#include "exchange/france_travail_values.hpp"

#include "spie/dossier/situation.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::exchange {

std::optional<feel::Date> read_horodate(std::string_view text) noexcept {
  constexpr std::size_t day = 10;
  const std::string_view time = text.substr(std::min(day, text.size()));
  constexpr std::string_view form = " 00:00:00";
  const bool digits = std::all_of(time.begin(), time.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == ' ' || c == 'T';
  });
  const bool time_form =
      time.empty() || (digits && time.size() >= form.size() && time.size() <= form.size() + 10 &&
                       (time[0] == ' ' || time[0] == 'T') && time[3] == ':' && time[6] == ':' &&
                       (time.size() == form.size() || (time[form.size()] == '.' && time.size() > form.size() + 1)));
  const auto date = feel::Date::parse(text.substr(0, day));
  return time_form && date && date->civil().year > 0 ? date : std::nullopt;
}

std::optional<feel::Date> date_of(Session &session, const RangeeCsv &row, std::string_view column) {
  const std::string &text = row[column];
  const auto date = read_horodate(text);
  if (!text.empty() && !date)
    session.refuse(Code::import_value, row.place(), std::string(column), text, "ce n'est pas une date",
                   "L'écrire comme 2022-03-05 00:00:00.0.");
  return date;
}

std::optional<std::string_view> read_oui(std::string_view text) noexcept {
  if (text.empty())
    return "non_aborde";
  const std::string lower = ascii_lower(text);
  return lower == "o" || lower == "oui" ? std::optional<std::string_view>("oui") : std::nullopt;
}

std::vector<dossier::Sujet> holders_of(dossier::Journal &journal, std::string_view identifier) {
  std::vector<dossier::Sujet> result;
  for (const dossier::Sujet &subject : journal.lookup(genre_identifiant, identifier)) {
    dossier::Sujet holds = dossier::holder(journal, subject);
    if (std::find(result.begin(), result.end(), holds) == result.end())
      result.push_back(std::move(holds));
  }
  return result;
}

} // namespace spie::exchange
