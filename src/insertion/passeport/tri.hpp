// What of an item may leave: the chosen fields, in words that were typed for it, declassified, or of a repertoire;
// nothing of health, justice, nor a NIR.
#pragma once

#include "insertion/passeport/lecture.hpp"
#include "rules/json/reader.hpp"
#include "spie/passeport/profil.hpp"
#include "spie/passeport/rome.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::passeport {

// How somebody who vouched is told: as what, and for which structure. Nobody else's name leaves.
struct Temoin {
  std::string assurance, qualite, maison;
  feel::Date le;
};
// A structure, as it may be named.
struct Maison {
  std::string nom, siret; // empty when it may not be named, or is not known
};

// The name that she types for a page: Q002 when it tells of health or of justice, or holds a NIR.
void admettre_nom(const json::Reader &rules, const std::string &nom);

class Tri {
public:
  using Mots = std::map<std::string, std::string, std::less<>>; // by item

  // Of these fields; words typed for what leaves; what does not leave is told in `into`.
  Tri(dossier::Journal &journal, const Paroles &said, const json::Reader &rules, std::vector<std::string> fields,
      Mots typed, Selection &into);
  // The official words of codes of that release; it must live as long as this.
  void nommer_par(const Rome *rome) noexcept { rome_ = rome; }

  void add(const Element &item);
  // The text, or nothing and why.
  std::string checked(const Element &item, std::string_view field, const std::string &text);
  // Typed, declassified, or those of a repertoire for its code.
  std::string words_of(const Element &item);
  std::string label_of(const Reference &reference) const; // of the pack, or of the ROME; empty when neither knows it
  Maison house_of(const Element &item, std::string_view field, const std::string &structure);
  Temoin witness(const Element &item, const Garant &one);
  bool wanted(std::string_view field) const;

private:
  void withhold(const Element &item, std::string field, std::string why);
  bool declassified(const Element &item, std::string_view field) const;
  bool open(const Element &item, std::string_view field);
  void references(const Element &item, Sorti &out);
  std::string structure_of(const Element &item);
  void endorsed(const Element &item, const Recommandation &one, Sorti &out);

  const std::vector<Recommandation> endorsements_;
  dossier::Journal &journal_;
  const Paroles &said_;
  const std::vector<std::string> held_back_, fields_;
  Mots of_pack_, typed_;
  std::vector<std::pair<std::string, std::string>> declassified_;
  const Rome *rome_ = nullptr;
  Selection &into_;
};

// The words typed for a share, or for one thing that leaves: [{"element", "texte"}].
Tri::Mots mots_de(const feel::Value *words);

} // namespace spie::passeport
