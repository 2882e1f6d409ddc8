#include "rules/pack/french.hpp"

#include <algorithm>
#include <array>

namespace spie::pack {

namespace {

using feel::Kind;
using feel::Value;

constexpr std::string_view space = "\u00A0"; // a number is never cut at the end of a line

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 || count == -1 ? one : many);
}

std::string french_duration(feel::MonthsDuration duration) {
  const std::int64_t years = duration.months / 12;
  const std::int64_t months = duration.months % 12;
  if (years == 0)
    return std::to_string(months) + " mois";
  std::string text = counted(years, "an", "ans");
  if (months != 0)
    text += " et " + std::to_string(months) + " mois";
  return text;
}

std::string french_duration(feel::DaysDuration duration) {
  if (duration.seconds < 0)
    if (const auto positive = feel::negate(duration))
      return "moins " + french_duration(*positive);
  const std::int64_t days = duration.seconds / feel::seconds_per_day;
  std::int64_t rest = duration.seconds % feel::seconds_per_day;
  if (rest == 0 && duration.nanos == 0)
    return counted(days, "jour", "jours");
  std::string text;
  const auto add = [&](std::int64_t count, std::string_view unit) {
    if (count != 0)
      text += (text.empty() ? "" : " ") + std::to_string(count) + ' ' + std::string(unit);
  };
  add(days, days == 1 ? "jour" : "jours");
  add(rest / 3600, "h");
  rest %= 3600;
  add(rest / 60, "min");
  add(rest % 60, "s");
  return text.empty() ? duration.to_string() : text;
}

std::string french_time(const feel::Time &time) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string text = std::to_string(time.hour()) + " h " + two(time.minute());
  if (time.second() != 0)
    text += " min " + two(time.second()) + " s";
  if (!time.zone.is_local())
    text += " (" + (time.zone.is_named() ? time.zone.id() : time.zone.to_string()) + ')';
  return text;
}

std::string french_range(const feel::Range &range, std::string_view unit, const Speech &speech) {
  using End = feel::Range::End;
  const std::string start = french_value(range.start, unit, speech);
  const std::string end = french_value(range.end, unit, speech);
  if (range.start_end == End::undefined)
    return (range.end_end == End::closed ? "au plus " : "moins de ") + end;
  if (range.end_end == End::undefined)
    return (range.start_end == End::closed ? "au moins " : "plus de ") + start;
  return "de " + start + (range.start_end == End::open ? " (non compris)" : "") + " à " + end +
         (range.end_end == End::open ? " (non compris)" : "");
}

std::string french_context(const feel::Context &context, std::string_view unit, const Speech &speech) {
  std::string text;
  for (const auto &[key, value] : context) {
    if (value.is_null() && value.cause() == nullptr) // nothing was said there
      continue;
    if (speech.leave_out_unknown && value.is_unknown() && value.cause()->refused.empty())
      continue;
    text += (text.empty() ? "" : ", ") + french_word(key, speech) + " : " + french_value(value, unit, speech);
  }
  return text.empty() ? "rien" : text;
}

std::string french_list(const feel::List &list, std::string_view unit, const Speech &speech) {
  if (list.empty())
    return "aucun";
  const bool nested = std::any_of(list.begin(), list.end(),
                                  [](const Value &item) { return item.is(Kind::context) || item.is(Kind::list); });
  std::string text;
  for (std::size_t i = 0; i < list.size(); ++i) {
    text += text.empty() ? "" : nested ? " ; " : ", ";
    if (nested)
      text += '(' + std::to_string(i + 1) + ") ";
    text += french_value(list[i], unit, speech);
  }
  return text;
}

std::string french_null(const Value &value, const Speech &speech) {
  if (value.is_error())
    return "erreur";
  if (value.cause() != nullptr && !value.cause()->refused.empty())
    return std::string(speech.refused);
  return value.is_unknown() ? std::string(speech.unknown) : "rien";
}

const std::string *label(const std::string &word, const Speech &speech) {
  if (speech.labels == nullptr)
    return nullptr;
  const auto found = speech.labels->find(word);
  return found == speech.labels->end() ? nullptr : &found->second;
}

} // namespace

std::string french_date(feel::Date date) {
  static constexpr std::array<std::string_view, 12> months{"janvier",   "février", "mars",     "avril",
                                                           "mai",       "juin",    "juillet",  "août",
                                                           "septembre", "octobre", "novembre", "décembre"};
  const feel::CivilDate civil = date.civil();
  return (civil.day == 1 ? std::string("1er") : std::to_string(civil.day)) + ' ' +
         std::string(months[static_cast<std::size_t>(civil.month - 1)]) + ' ' + std::to_string(civil.year);
}

std::string french_number(const feel::Number &number, std::string_view unit) {
  feel::Number shown = number;
  std::string suffix;
  if (unit == "EUR") {
    suffix = std::string(space) + "€";
  } else if (unit == "ratio") {
    if (const auto percent = number.multiply(feel::Number(100)))
      shown = *percent;
    suffix = std::string(space) + "%";
  } else if (!unit.empty() && unit != "nombre" && unit != "texte" && unit != "date") {
    suffix = std::string(space) + std::string(unit);
  }
  std::string digits = shown.to_plain_string();
  if (digits.find('E') != std::string::npos)
    return digits + suffix;
  const bool negative = digits.front() == '-';
  if (negative)
    digits.erase(0, 1);
  const std::size_t point = digits.find('.');
  std::string whole = digits.substr(0, point);
  std::string decimals = point == std::string::npos ? std::string() : digits.substr(point + 1);
  if (unit == "EUR") // an amount shows its cents, and whatever more it has
    decimals.resize(std::max<std::size_t>(2, decimals.size()), '0');
  std::string text;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0)
      text += space;
    text += whole[i];
  }
  if (!decimals.empty())
    text += ',' + decimals;
  return (negative ? "-" : "") + text + suffix;
}

std::string french_word(const std::string &key, const Speech &speech) {
  if (const std::string *known = label(key, speech))
    return *known;
  std::string words = key;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string french_value(const Value &value, std::string_view unit, const Speech &speech) {
  constexpr std::size_t longest = 1u << 20; // nobody reads more, and what is shared unfolds
  if (value.unfolded() > longest && (value.is(Kind::list) || value.is(Kind::context))) {
    const std::size_t size = value.is(Kind::list) ? value.list().size() : value.context().size();
    return '(' + counted(static_cast<std::int64_t>(size), "élément", "éléments") + ", trop longs pour être écrits)";
  }
  switch (value.kind()) {
  case Kind::null:
    return french_null(value, speech);
  case Kind::boolean:
    return value.boolean() ? "oui" : "non";
  case Kind::number:
    return french_number(value.number(), unit);
  case Kind::text:
    if (const std::string *known = label(value.text(), speech))
      return "« " + *known + " »";
    return value.text().empty() ? "(vide)" : "« " + value.text() + " »";
  case Kind::date:
    return french_date(value.date());
  case Kind::time:
    return french_time(value.time());
  case Kind::date_time:
    return french_date(value.date_time().date) + " à " + french_time(value.date_time().time);
  case Kind::days_duration:
    return french_duration(value.days_duration());
  case Kind::months_duration:
    return french_duration(value.months_duration());
  case Kind::range:
    return french_range(value.range(), unit, speech);
  case Kind::list:
    return french_list(value.list(), unit, speech);
  case Kind::context:
    return french_context(value.context(), unit, speech);
  case Kind::function:
    return "(fonction)";
  }
  return {};
}

} // namespace spie::pack
