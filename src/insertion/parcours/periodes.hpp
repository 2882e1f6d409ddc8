// Spans of calendar days, both ends included, and the windows date to date in which the law counts them.
#pragma once

#include "spie/feel/temporal.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace spie::parcours {

struct Periode {
  feel::Date debut, fin;
  std::int64_t jours() const noexcept { return fin.days - debut.days + 1; }
  bool contient(feel::Date day) const noexcept { return debut <= day && day <= fin; }
  bool croise(const Periode &other) const noexcept { return debut <= other.fin && other.debut <= fin; }
};

// Days that two spans share.
inline std::int64_t jours_communs(const Periode &a, const Periode &b) noexcept {
  return std::max<std::int64_t>(0, std::min(a.fin, b.fin).days - std::max(a.debut, b.debut).days + 1);
}

// The last day of a length of months that begins on this one: the eve of the same day of the month where it ends, or
// the last day of that month when it has no such day (31 March + 1 month: 30 April; 29 February + 12 months: 28
// February).
inline feel::Date dernier_jour(feel::Date first, std::int64_t months) {
  const feel::Date same = first.plus_months(months).value_or(feel::Date{first.days});
  return same.civil().day == first.civil().day ? feel::Date{same.days - 1} : same;
}

// The first day from which a length of months reaches this one.
inline feel::Date premier_jour_atteignant(feel::Date last, std::int64_t months) {
  feel::Date day = last.plus_months(-months).value_or(last);
  while (dernier_jour(day, months) >= last)
    --day.days;
  while (dernier_jour(day, months) < last)
    ++day.days;
  return day;
}

} // namespace spie::parcours
