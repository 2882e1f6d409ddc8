// The path of a fact, "foyer.droit_rsa.etat", "frein.sante.reponse": the one place that reads it, writes it and says
// what stands under it.
#pragma once

#include "spie/dossier/contenu.hpp"
#include "spie/dossier/situation.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::dossier {

// The field of that name; nullptr when the type has none.
const Champ *find_champ(const TypeContenu &type, std::string_view nom) noexcept;

// "frein.code", as the tables of rights name a field: looked up for each fact that is shown, so without a string of it.
class NomChamp {
public:
  NomChamp(std::string_view type, std::string_view champ);
  std::string_view text() const noexcept { return long_.empty() ? std::string_view(held_.data(), size_) : long_; }

private:
  std::array<char, 80> held_; // the first `size_` are written
  std::size_t size_ = 0;
  std::string long_; // of what is longer, which no type of events has
};

// The parts of a key, which key_of wrote, each with its field: of "v1/25" of an action, ("id", "v1/25"); of
// "001/2022-03" of an income, ("nature", "001") and ("mois", "2022-03"). The last part takes the slashes that are left.
std::vector<std::pair<std::string_view, std::string_view>> key_parts(const TypeContenu &type, std::string_view cle);

// A type, then a key, then a field, each but the first left out at will. A complete path has its field, and its key
// where its type has one: it is what a fact stands at. A key may hold dots, slashes and blanks; it holds no field's
// name at its end in a path that is not complete, since the last word is then a field.
struct Chemin {
  bool du_foyer = false;
  const TypeContenu *type = nullptr; // never null in a path that was read
  std::string cle, champ;            // empty: all of them

  // nullopt when no type has that name. Whether the type is one of a household is the caller's to judge.
  static std::optional<Chemin> parse(std::string_view text);
  static std::optional<Chemin> of(std::string_view type, std::string_view cle, std::string_view champ);
  // Of a fact that a situation holds.
  static Chemin of(const Fait &fait);
  std::string to_string() const;
  // The same of parts that stand elsewhere: a situation writes one for each fact.
  static std::string join(bool du_foyer, const TypeContenu &type, std::string_view cle, std::string_view champ);

  // Whether a fact of the type under that key stands under this path: "revenu.001" has "001/2022-03" under it.
  bool has_key(std::string_view other) const noexcept;
  // What a consent or a decision may call the fact, the most precise names: "type.champ", "type.cle", "type.cle.champ".
  std::vector<std::string> noms() const;

  friend bool operator==(const Chemin &, const Chemin &) = default;
};

} // namespace spie::dossier
