#include "spie/parcours/sollicitations.hpp"

#include "insertion/parcours/records_reseau.hpp"
#include "insertion/parcours/regle_du_pack.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace spie::parcours {

namespace {

// Those of one dossier, by the keys that the view shows.
std::map<std::string, SollicitationVue> solicitations_of(const dossier::Situation &seen) {
  std::map<std::string, SollicitationVue> list;
  for (const dossier::Fait &fact : seen.faits) {
    if (fact.type != "sollicitation")
      continue;
    SollicitationVue &one = list[fact.cle];
    one.personne = seen.sujet.to_string();
    one.sollicitation = fact.cle;
    const feel::Value &value = fact.dire.valeur;
    if (fact.champ == "etapes" && value.is(feel::Kind::list)) {
      for (const feel::Value &step : value.list())
        if (const feel::Value *name = step.context().find("etape"); name != nullptr && name->to_string() == "demandee")
          if (const feel::Value *day = step.context().find("date"); day != nullptr)
            one.demandee_le =
                day->is(feel::Kind::date) ? std::optional(day->date()) : feel::Date::parse(day->to_string());
    }
    if (!value.is(feel::Kind::text))
      continue;
    if (fact.champ == "etape") {
      one.etape = value.text();
      one.depuis = fact.dire.effet.debut;
      if (one.etape == "demandee")
        one.demandee_le = one.depuis;
    } else if (fact.champ == "de") {
      one.de = value.text();
    } else if (fact.champ == "a") {
      one.a = value.text();
    } else if (fact.champ == "objet") {
      one.objet = value.text();
    } else if (fact.champ == "texte") {
      one.texte = value.text();
    }
  }
  return list;
}

} // namespace

std::vector<SollicitationVue> sollicitations(droits::Guichet &guichet, const Pack &pack, const droits::Demande &demande,
                                             feel::Date au, bool toutes) {
  const auto due_after = [&](feel::Date asked) {
    const feel::Value due =
        regle_du_pack(pack, "delai_sollicitation", {{"sollicitation_lu", feel::Context{{"demandee_le", asked}}}}, au);
    return due.is(feel::Kind::date) ? std::optional(due.date()) : std::nullopt;
  };
  due_after(au); // a pack without the rule is told, whatever the dossiers hold
  std::vector<SollicitationVue> list;
  guichet.parcourir(demande, "sollicitations", au, {}, [&](const droits::Guichet::Passage &one) {
    bool shown = false;
    for (auto &[key, here] : solicitations_of(one.situation)) {
      const std::string &me = demande.acteur.id;
      if ((here.de != me && here.a != me) || (here.etape == "close" && !toutes))
        continue;
      here.sens = here.a == me ? "recue" : "envoyee";
      if (here.demandee_le)
        here.attendue_le = due_after(*here.demandee_le);
      here.en_retard = here.etape == "demandee" && here.attendue_le && *here.attendue_le < au;
      shown = true;
      list.push_back(std::move(here));
    }
    return shown;
  });
  const auto order = [](const SollicitationVue &one) {
    return std::tuple(!one.en_retard, one.etape != "demandee", one.demandee_le.value_or(feel::Date{}), one.personne,
                      one.sollicitation);
  };
  std::ranges::sort(list, {}, order);
  return list;
}

feel::Value to_value(const std::vector<SollicitationVue> &liste) { return record::to_list(liste); }

} // namespace spie::parcours
