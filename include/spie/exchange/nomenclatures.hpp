// The lists that codes belong to, as dated data: nomenclatures/*.json. What a code means changes from one version of a
// flow to the next; no list stands in the program.
#pragma once

#include "spie/feel/value.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::exchange {

// One file: {"id": "carnet", "version": "2024-02-29", "titre": …, "source": …, "listes": {"situation": {"titre": …,
// "valeurs": [{"code": "iae", "libelle": …, and what else the list says of a code}]}}}.
class Nomenclature {
public:
  std::string id, version, titre, source;

  bool has(std::string_view list) const { return lists_.find(list) != lists_.end(); }
  // What the list says of the code; nullptr when it has no such code.
  const feel::Context *find(std::string_view list, std::string_view code) const;
  // The codes of the list, sorted as texts; none for a list that is not there.
  std::vector<std::string> codes(std::string_view list) const;
  // One text of that; empty when there is none.
  std::string text(std::string_view list, std::string_view code, std::string_view attribute) const;
  // As events name it: "carnet@2024-02-29".
  std::string reference() const { return id + "@" + version; }

private:
  friend class Nomenclatures;
  std::map<std::string, std::map<std::string, feel::Context, std::less<>>, std::less<>> lists_;
};

class Nomenclatures {
public:
  // Every *.json of the folder. Throws Error I010 with the file and the JSON pointer of a fault.
  static Nomenclatures load(const std::string &folder);
  static Nomenclatures from_texts(const std::vector<std::pair<std::string, std::string>> &names_and_texts);

  const Nomenclature *find(std::string_view id) const; // nullptr when there is none

private:
  std::map<std::string, Nomenclature, std::less<>> all_;
};

} // namespace spie::exchange
