// Amounts and dates as people write them.
#include "insertion/convention/ledger_rows.hpp"
#include "insertion/convention/money.hpp"
#include "text/words.hpp"

#include "spie/convention/registre.hpp"

#include <algorithm>
#include <array>

namespace spie::convention {

namespace {

constexpr std::size_t max_integer_digits = 12;

bool digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool digits(std::string_view text) noexcept { return !text.empty() && std::all_of(text.begin(), text.end(), digit); }

// Every blank that French typography puts between thousands becomes one space.
std::string with_plain_spaces(std::string_view text) {
  static constexpr std::array<std::string_view, 3> blanks{"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto *blank =
        std::find_if(blanks.begin(), blanks.end(), [&](std::string_view b) { return text.substr(i).starts_with(b); });
    if (blank != blanks.end()) {
      result += ' ';
      i += blank->size();
    } else {
      result += text[i++];
    }
  }
  return result;
}

// "1 234 567" without its separators; nullopt when the groups are not of three digits (one to three for the first).
std::optional<std::string> ungrouped(std::string_view text, char separator) {
  std::string result;
  for (bool first = true;; first = false) {
    const std::size_t end = text.find(separator);
    const std::string_view group = text.substr(0, end);
    if (!digits(group) || group.size() > 3 || (!first && group.size() != 3))
      return std::nullopt;
    result += group;
    if (end == std::string_view::npos)
      return result;
    text.remove_prefix(end + 1);
  }
}

MontantLu refused(std::string fault, std::string remedy) { return {{}, std::move(fault), std::move(remedy)}; }

const char *const how_to_write_amounts = "Écrire le montant sous la forme 1234.50 ou 1 234,50.";
const char *const how_to_write_dates = "Écrire la date sous la forme 2022-06-01 ou 01/06/2022.";

constexpr std::array<const char *, 12> month_names{"janvier",   "février", "mars",     "avril",
                                                   "mai",       "juin",    "juillet",  "août",
                                                   "septembre", "octobre", "novembre", "décembre"};

} // namespace

std::string euros_fr(const feel::Number &amount) {
  std::string text = record::euros_text(amount);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const std::size_t point = text.find('.');
  for (std::size_t i = point; i > first + 3; i -= 3)
    text.insert(i - 3, "\xE2\x80\xAF");
  text[text.find('.')] = ',';
  return text;
}

MontantLu parse_montant(std::string_view text) {
  const std::string spaced = with_plain_spaces(trimmed(text));
  const std::string_view bare = spaced;
  if (bare.empty())
    return refused("le montant manque", how_to_write_amounts);
  if (bare.front() == '-' || bare.starts_with("−"))
    return refused(negative_amount, "Déduire l'avoir ou le remboursement de la ligne qu'il corrige.");
  if (bare.find_first_not_of("0123456789., ") != std::string_view::npos)
    return refused("ce n'est pas un montant", how_to_write_amounts);
  if (!digit(bare.front()) || !digit(bare.back()))
    return refused("le montant ne commence pas et ne finit pas par un chiffre", how_to_write_amounts);

  const auto points = std::count(bare.begin(), bare.end(), '.');
  const auto commas = std::count(bare.begin(), bare.end(), ',');
  const std::size_t last = bare.find_last_of(".,");
  std::string_view whole = bare;
  std::string_view decimals;
  char grouping = bare.find(' ') != std::string_view::npos ? ' ' : '\0';
  if (points + commas == 1) {
    whole = bare.substr(0, last);
    decimals = bare.substr(last + 1);
    // After a thousands' space the only separator left can only be the decimal one.
    if (decimals.size() == 3 && digits(decimals) && grouping == '\0')
      return refused("le montant se lit de deux façons : le séparateur peut être celui des milliers ou des décimales",
                     "Écrire " + std::string(whole) + std::string(decimals) + " ou " + std::string(whole) +
                         std::string(1, bare[last]) + std::string(decimals.substr(0, 2)) + ".");
  } else if (points + commas > 1) {
    if (grouping == ' ')
      return refused("le montant mêle espaces, points et virgules", how_to_write_amounts);
    if (points > 0 && commas > 0) { // the last one is the decimal one, the others the thousands'
      whole = bare.substr(0, last);
      decimals = bare.substr(last + 1);
      grouping = bare[last] == ',' ? '.' : ',';
    } else {
      grouping = bare[last]; // 1.234.567: thousands alone
    }
  }
  if (last != std::string_view::npos && points + commas >= 1 && !decimals.empty() && !digits(decimals))
    return refused("les milliers ou les décimales sont mal groupés", how_to_write_amounts);
  if (decimals.size() > 2)
    return refused("le montant a plus de deux décimales", "Arrondir au centime.");
  std::string integer(whole);
  if (grouping != '\0') {
    const auto joined = ungrouped(whole, grouping);
    if (!joined)
      return refused("les milliers sont mal groupés", how_to_write_amounts);
    integer = *joined;
  } else if (!digits(whole)) {
    return refused("ce n'est pas un montant", how_to_write_amounts);
  }
  integer.erase(0, std::min(integer.find_first_not_of('0'), integer.size() - 1));
  if (integer.size() > max_integer_digits)
    return refused("le montant a plus de douze chiffres avant les décimales", "Vérifier le montant.");
  const auto number = feel::Number::parse(decimals.empty() ? integer : integer + "." + std::string(decimals));
  return number ? MontantLu{*number, {}, {}} : refused("ce n'est pas un montant", how_to_write_amounts);
}

DateLue parse_date(std::string_view text) {
  const std::string_view bare = trimmed(text);
  if (bare.empty())
    return {{}, "la date manque", how_to_write_dates};
  const auto number = [&](std::size_t from, std::size_t count) -> std::optional<int> {
    const std::string_view part = bare.substr(from, count);
    if (part.size() != count || !digits(part))
      return std::nullopt;
    int value = 0;
    for (const char c : part)
      value = value * 10 + (c - '0');
    return value;
  };
  std::optional<int> year, month, day;
  const bool iso = bare.size() == 10 && bare[4] == '-' && bare[7] == '-';
  if (iso) {
    year = number(0, 4), month = number(5, 2), day = number(8, 2);
  } else if (bare.size() == 10 && bare[2] == '/' && bare[5] == '/') {
    day = number(0, 2), month = number(3, 2), year = number(6, 4);
  }
  if (!year || !month || !day) {
    if (bare.size() == 8 && bare[2] == '/' && bare[5] == '/')
      return {{}, "l'année est écrite sur deux chiffres", how_to_write_dates};
    return {{}, "ce n'est pas une date", how_to_write_dates};
  }
  if (const auto date = feel::Date::from_civil(*year, *month, *day))
    return {*date, {}, {}};

  std::string fault = "cette date n'existe pas";
  const bool month_exists = *month >= 1 && *month <= 12;
  if (month_exists && *day >= 1 && *day <= 31) {
    int length = 28;
    while (feel::Date::from_civil(*year, *month, length + 1))
      ++length;
    fault += std::string(" : ") + month_names[static_cast<std::size_t>(*month - 1)] + " " + std::to_string(*year) +
             " a " + std::to_string(length) + " jours";
  } else if (!month_exists && *month > 0) {
    fault += " : il n'y a pas de mois " + std::to_string(*month);
  }
  if (!month_exists && feel::Date::from_civil(*year, *day, *month)) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::string four(bare.substr(iso ? 0 : 6, 4));
    return {{},
            fault + " ; le jour et le mois semblent intervertis",
            "Vérifier la date : peut-être " +
                (iso ? four + "-" + two(*day) + "-" + two(*month) : two(*month) + "/" + two(*day) + "/" + four) + "."};
  }
  return {{}, fault, "Vérifier la date."};
}

} // namespace spie::convention
