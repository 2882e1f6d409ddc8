#include "exchange/csv_valeurs.hpp"

#include <algorithm>
#include <array>

namespace spie::exchange {

namespace {

bool digits(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number(std::string_view text) noexcept {
  std::int64_t value = 0;
  for (const char c : text)
    value = value * 10 + (c - '0');
  return value;
}

const ListePlan *find_list(const PlanCsv &plan, std::string_view name) {
  const auto found =
      std::find_if(plan.listes.begin(), plan.listes.end(), [&](const ListePlan &list) { return list.nom == name; });
  return found == plan.listes.end() ? nullptr : &*found;
}

} // namespace

bool is_forme(std::string_view forme) noexcept {
  return forme == "aaaa-mm-jj" || forme == "jj/mm/aaaa" || forme == "aaaammjj";
}

std::optional<feel::Date> read_date_forme(std::string_view text, std::string_view forme) noexcept {
  std::array<std::string_view, 3> parts; // year, month, day
  if (forme == "aaaammjj") {
    if (text.size() != 8)
      return std::nullopt;
    parts = {text.substr(0, 4), text.substr(4, 2), text.substr(6)};
  } else {
    const char separator = forme == "aaaa-mm-jj" ? '-' : '/';
    const std::size_t first = text.find(separator);
    const std::size_t second = first == std::string_view::npos ? first : text.find(separator, first + 1);
    if (second == std::string_view::npos)
      return std::nullopt;
    parts = {text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
    if (separator == '/')
      std::swap(parts[0], parts[2]);
  }
  if (parts[0].size() != 4 || parts[1].size() > 2 || parts[2].size() > 2 ||
      !std::all_of(parts.begin(), parts.end(), digits) || number(parts[0]) == 0)
    return std::nullopt;
  return feel::Date::from_civil(number(parts[0]), number(parts[1]), number(parts[2]));
}

std::string write_date_forme(feel::Date date, std::string_view forme) {
  const std::string iso = date.to_string();
  if (forme == "aaaammjj")
    return iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8);
  return forme == "jj/mm/aaaa" ? iso.substr(8) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4) : iso;
}

std::optional<feel::Number> read_montant_csv(std::string_view text) {
  std::string bare;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text.substr(i).starts_with("\xC2\xA0"))
      i += 1;
    else if (text.substr(i).starts_with("\xE2\x80\xAF"))
      i += 2;
    else if (text[i] != ' ')
      bare += text[i] == ',' ? '.' : text[i];
  const std::string_view unsigned_part = std::string_view(bare).substr(bare.starts_with('-') ? 1 : 0);
  const std::size_t point = std::min(unsigned_part.find('.'), unsigned_part.size());
  const std::string_view decimals = unsigned_part.substr(std::min(point + 1, unsigned_part.size()));
  constexpr std::size_t most = 15;
  if (!digits(unsigned_part.substr(0, point)) || point > most || decimals.size() > 2 ||
      (point < unsigned_part.size() && !digits(decimals)))
    return std::nullopt;
  return feel::Number::parse(bare);
}

std::optional<feel::Value> convert(const PlanCsv &plan, const ChampPlan &from, dossier::Nature nature,
                                   std::string_view cell) {
  using enum dossier::Nature;
  if (!from.liste.empty()) {
    const ListePlan *list = find_list(plan, from.liste);
    const auto found = list == nullptr ? nullptr
                                       : std::find_if(list->valeurs.data(), list->valeurs.data() + list->valeurs.size(),
                                                      [&](const auto &entry) { return entry.first == cell; });
    if (list == nullptr || found == list->valeurs.data() + list->valeurs.size())
      return std::nullopt;
    if (nature == date && found->second.is(feel::Kind::text)) // checked with the plan
      return *feel::Date::parse(found->second.text());
    return found->second;
  }
  const std::string_view forme = from.forme.empty() ? std::string_view(plan.date) : std::string_view(from.forme);
  switch (nature) {
  case date:
    if (const auto day = read_date_forme(cell, forme))
      return *day;
    return std::nullopt;
  case mois: {
    const auto day = read_date_forme(cell, forme);
    if (!day)
      return feel::Date::parse(std::string(cell) + "-01") ? std::optional<feel::Value>(cell) : std::nullopt;
    return day->to_string().substr(0, 7);
  }
  case entier:
    if (digits(cell) && cell.size() <= 15)
      return number(cell);
    return std::nullopt;
  case montant:
    if (const auto amount = read_montant_csv(cell))
      return *amount;
    return std::nullopt;
  case booleen:
    return std::nullopt; // only a list says which word is true
  default:
    return cell;
  }
}

} // namespace spie::exchange
