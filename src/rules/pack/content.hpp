// The other files of a pack: articles, parameters, cases, lists and budgets.
#pragma once

#include "rules/pack/manifest.hpp"
#include "spie/pack/pack.hpp"

#include <map>
#include <string>
#include <vector>

namespace spie::pack {

std::vector<Article> read_articles(const Reader &root, const std::string &pack);
std::vector<PackParameter> read_parameters(const Reader &root, const std::string &pack);
std::vector<PackCase> read_cases(const Reader &root, const std::string &pack, const std::string &file);

// A value of a parameter as its type asks for it: an amount may be written as text ("496000.00"), a date as ISO text.
// nullopt when it is not of the type.
std::optional<feel::Value> parameter_value(const feel::Value &value, const std::string &type);
// The value is one that the parameter may take: of its type, and one of its readings when it has some.
bool parameter_allows(const PackParameter &parameter, const feel::Value &value);

// donnees/NAME.json. A list with "nom" and "valeurs" is an input of that name; anything else is data for programs.
struct DataFile {
  std::string stem; // "budget"
  std::string file; // "donnees/budget.json"
  std::string pack;
  feel::Value document;
  std::string input; // empty: no input
  std::string article;
};
DataFile read_data(const Reader &root, const std::string &pack, const std::string &file);

// Every {"code": …, "libelle": …} of the data, anywhere in it.
void add_labels(const feel::Value &document, std::map<std::string, std::string> &labels);

// Sums and products that the data writes: P019, P020.
void check_amounts(const DataFile &data, std::vector<Diagnostic> &findings);

} // namespace spie::pack
