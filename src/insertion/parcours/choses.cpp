#include "insertion/parcours/choses.hpp"

#include "insertion/dossier/chemin.hpp"
#include "insertion/text_of.hpp"

#include <algorithm>
#include <map>

namespace spie::parcours {

std::string Chose::text(std::string_view champ) const { return text_of(champs, champ); }

std::vector<Chose> choses(const dossier::Enonces &all, std::string_view type) {
  const auto said = all.find(type);
  if (said == all.end())
    return {};
  const dossier::TypeContenu &kind = *dossier::find_type(type);
  std::map<std::string, std::vector<const dossier::Enonce *>> by_key;
  for (const dossier::Enonce &one : said->second)
    by_key[dossier::key_of(kind, one.contenu())].push_back(&one);
  const dossier::Champ *steps = dossier::find_champ(kind, "etape");
  const std::string_view first =
      steps == nullptr ? std::string_view() : steps->valeurs.substr(0, steps->valeurs.find(' '));
  std::vector<Chose> list;
  for (auto &[key, statements] : by_key) {
    std::stable_sort(statements.begin(), statements.end(), [](const dossier::Enonce *a, const dossier::Enonce *b) {
      return a->effet.debut != b->effet.debut ? a->effet.debut < b->effet.debut : a->origine->seq < b->origine->seq;
    });
    Chose thing{key, {}, {}, {}};
    for (const dossier::Enonce *one : statements) {
      const std::string step = text_of(one->contenu(), "etape");
      if (step == first || kind.cardinalite != dossier::Cardinalite::etapes) {
        thing.champs = {};
        thing.enonces.clear();
      }
      for (const auto &[field, value] : one->contenu())
        thing.champs.set(field, value);
      thing.etape = step;
      thing.depuis = one->effet.debut;
      thing.enonces.push_back(one);
    }
    list.push_back(std::move(thing));
  }
  return list;
}

const Chose *find(const std::vector<Chose> &list, std::string_view cle) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Chose &one) { return one.cle == cle; });
  return found == list.end() ? nullptr : &*found;
}

} // namespace spie::parcours
