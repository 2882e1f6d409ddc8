// What the tests of the convention share: the pack, files, dates, amounts.
#pragma once

#include "tests/catch.hpp"

#include "spie/convention/budget.hpp"
#include "spie/convention/echeancier.hpp"
#include "spie/convention/etat.hpp"
#include "spie/convention/registre.hpp"
#include "spie/json.hpp"
#include "spie/pack/pack.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

namespace spie::convention::testing {

inline const Pack &seine_et_marne() {
  static const auto pack = Pack::load(std::string(SPIE_SOURCE_DIR) + "/packs/seine-et-marne-2022-2023");
  return *pack;
}

inline std::string file(const std::string &path) {
  std::ifstream stream(std::string(SPIE_SOURCE_DIR) + "/" + path, std::ios::binary);
  REQUIRE(stream.good());
  return {std::istreambuf_iterator<char>(stream), {}};
}

// The pack of Seine-et-Marne with one passage of a file written otherwise.
inline std::shared_ptr<const Pack> changed(const std::string &name, const std::string &from, const std::string &to) {
  const std::string folder = std::string(SPIE_SOURCE_DIR) + "/packs/";
  Pack::Files files;
  bool found = false;
  for (const auto &entry : std::filesystem::recursive_directory_iterator(folder + "seine-et-marne-2022-2023")) {
    if (!entry.is_regular_file())
      continue;
    const std::string path = entry.path().lexically_relative(folder + "seine-et-marne-2022-2023").generic_string();
    std::string bytes = file("packs/seine-et-marne-2022-2023/" + path);
    if (path == name)
      if (const std::size_t at = bytes.find(from); at != std::string::npos) {
        bytes.replace(at, from.size(), to);
        found = true;
      }
    files.emplace_back(path, std::move(bytes));
  }
  REQUIRE(found);
  return Pack::from_files(files, {Pack::load(folder + "socle-national")});
}

inline feel::Date day(std::string_view iso) { return feel::Date::parse(iso).value(); }
inline feel::Number number(std::string_view text) { return feel::Number::parse(text).value(); }

// The code of the first finding of the error that `call` throws; "" when it throws none.
template <class Call> std::string code_of(Call &&call) {
  try {
    call();
  } catch (const Error &error) {
    return std::string(text(error.first().code));
  }
  return {};
}

inline const std::string header = "id,date,action,nature,libelle,fournisseur,montant,axe,date_paiement,piece,"
                                  "necessaire,cofinancement,montant_cofinance\n";
// A line that is right, with a few fields of its own.
struct Line {
  std::string id = "L1", date = "2022-06-01", action = "coordination_action", nature = "ingenierie", libelle = "Étude",
              fournisseur = "Cabinet Imaginaire", montant = "100.00", axe = {}, date_paiement = {}, piece = "F-1",
              necessaire = {}, cofinancement = {}, montant_cofinance = {};
  std::string csv() const {
    std::string row;
    for (const std::string *field : {&id, &date, &action, &nature, &libelle, &fournisseur, &montant, &axe,
                                     &date_paiement, &piece, &necessaire, &cofinancement, &montant_cofinance})
      row += (field == &id ? "" : ",") + *field;
    return row + "\n";
  }
};

} // namespace spie::convention::testing
