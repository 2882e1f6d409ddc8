// Several persons through one decision, looked up once. Arguments: packs/seine-et-marne-2022-2023
#include <spie/pack/pack.hpp>

#include <iostream>
#include <vector>

int main(int count, char **arguments) try {
  using spie::feel::Context;
  using spie::feel::List;
  const auto entree = spie::Pack::load(count > 1 ? arguments[1] : ".")->decision("entree"); // it keeps its pack
  const List freins{Context{{"code", "mobilite"}, {"reponse", "oui"}},
                    Context{{"code", "formation"}, {"reponse", "oui"}}};
  std::vector<spie::feel::Value> personnes;
  for (const char *rsa : {"oui", "non", "refuse"})
    personnes.emplace_back(
        Context{{"beneficiaire", Context{{"rsa", rsa}, {"reside_departement", "oui"}}}, {"freins", freins}});

  spie::PackEvaluateOptions options;
  options.trace = false; // the value alone
  const auto jour = *spie::feel::Date::parse("2022-06-01");
  for (const spie::feel::Value &faits : personnes) {
    const auto result = entree->evaluate(faits, jour, options);
    std::cout << text(result.status) << ':';
    for (const std::string &path : result.missing)
      std::cout << ' ' << path;
    std::cout << '\n';
  }
  return 0;
} catch (const spie::Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
