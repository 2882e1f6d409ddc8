// The number of the répertoire national d'identification (NIR), in the forms in which people write it. It serves to
// match people and stands nowhere in clear: no message, report or journal holds one, so that this comes before all that
// makes them. What is a digit, and what may stand between two, is one table: src/text/nir_forms.inc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace spie {

struct Nir {
  std::string treize; // without its key, in the digits of ASCII; 2A and 2B are departments
  int sexe = 0;       // 1 or 2, as it says
  int annee = 0;      // of birth, 0 … 99
  int mois = 0;       // of birth; 0 when it does not say
};
// The text is one: 15 characters with a right key, whatever stands between them; or 13, with blanks, points and dashes
// at most between them.
std::optional<Nir> read_nir(std::string_view text);
// Where one stands in a text, and its length: 15 characters with a right key, whatever stands between them, or 13 in
// one piece; glued to letters or not, never to another digit. `read_nir` reads what is found. A digest in hexadecimal
// holds none.
std::optional<std::pair<std::size_t, std::size_t>> find_nir(std::string_view text);
// It is one, or one stands in it.
bool holds_nir(std::string_view text);
// Whether it has the form of one, its key right or not: not to be shown.
bool resembles_nir(std::string_view text);
// Its first character alone: for reports and messages.
std::string masked_nir(std::string_view text);
// The text with each NIR that stands in it masked so.
std::string without_nir(std::string_view text);

// A finding without the NIR that its texts may quote: what an Error does with each of its own, and what is done with
// those of a result, which are not thrown.
struct Diagnostic;
Diagnostic masked_finding(Diagnostic diagnostic);

} // namespace spie
