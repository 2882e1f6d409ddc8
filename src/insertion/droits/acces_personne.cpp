// The right of access: all that is held on a person, with its sources.
#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/foyers.hpp"
#include "insertion/droits/grossir.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/droits/values.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>

namespace spie::droits {

namespace {

// A fact about the other members of the household is given coarsely: how many children, not when they were born.
dossier::Situation without_others(dossier::Situation situation, const Droits &rights) {
  Grossisseur coarse(rights, situation.au);
  std::vector<dossier::Fait> kept;
  for (dossier::Fait &fact : situation.faits)
    if (rights.autres_membres.contains(fact.type + "." + fact.champ))
      coarse.add(fact);
    else
      kept.push_back(std::move(fact));
  for (dossier::Fait &fact : coarse.facts())
    kept.push_back(std::move(fact));
  situation.faits = std::move(kept);
  return situation;
}

feel::Context without_others(const feel::Context &content, std::string_view type, const Droits &rights) {
  feel::Context kept;
  for (const auto &[name, value] : content)
    if (!rights.autres_membres.contains(std::string(type) + "." + name))
      kept.set(name, value);
  return kept;
}

// The events of her own dossiers; other people that an event names are left out of it.
feel::List own_events(const dossier::Recueil &gathered, const std::vector<dossier::Sujet> &group) {
  const auto own = [&](const dossier::Sujet &subject) {
    return subject.genre != dossier::Genre::personne || std::find(group.begin(), group.end(), subject) != group.end();
  };
  feel::List list;
  for (const dossier::Evenement *held : gathered.events()) {
    dossier::Evenement event = *held;
    std::erase_if(event.sujets, [&](const dossier::Sujet &subject) { return !own(subject); });
    feel::Context content;
    for (const auto &[name, value] : event.contenu) {
      const auto subject = value.is(feel::Kind::text) ? dossier::Sujet::parse(value.text()) : std::nullopt;
      if (!subject || own(*subject))
        content.set(name, value);
    }
    event.contenu = std::move(content);
    feel::Context item = dossier::to_value(event).context();
    item.set("compte", gathered.visible(*held)); // false while its import is not closed
    list.push_back(std::move(item));
  }
  return list;
}

} // namespace

feel::Value Guichet::acces(const Demande &asked, const dossier::Sujet &person, feel::Date at) {
  check(asked, droits_);
  const Masque mask(journal_, person, asked, droits_, regles_);
  const Role *role = droits_.role(mask.role());
  if (role == nullptr || role->relation != Relation::soi)
    throw Error({Code::rights_refused, Level::error, "the right of access is the person's own", {}, {}});

  const dossier::Connaissance known{{}, asked.instant};
  const dossier::Situation whole = dossier::situation(journal_, person, at, known, regles_);
  const dossier::Recueil gathered(journal_, person, known);
  std::vector<dossier::Sujet> group = gathered.absorbed();
  group.push_back(gathered.holder());

  feel::List households;
  for (const dossier::TypeContenu &type : dossier::types_contenu()) {
    if (type.genre != dossier::Genre::foyer || type.cardinalite == dossier::Cardinalite::mecanique)
      continue;
    const std::string path = "foyer." + std::string(type.nom);
    for (dossier::Parole &word :
         while_member(journal_, person, known, dossier::historique(journal_, person, path, known))) {
      if (word.dire.valeur.is(feel::Kind::context))
        word.dire.valeur = without_others(word.dire.valeur.context(), type.nom, droits_);
      households.push_back(dossier::to_value(std::vector{word}).list().front());
    }
  }
  feel::List seen;
  for (const dossier::Sujet &member : group)
    for (const Acces &entry : acces_.sur(member)) {
      Acces hers = entry; // the other dossiers of a search are not hers
      hers.dossiers = {member};
      seen.push_back(to_value(hers));
    }
  const feel::List sources = sources_value(gathered);
  noter(asked, mask.role(), "acces", {mask.dossier()});
  return feel::Context{{"dossier", mask.dossier().to_string()},
                       {"au", at},
                       {"demande", asked.instant.to_string()},
                       {"situation", situation_value(without_others(mask.apply(whole), droits_))},
                       {"sources", sources},
                       {"evenements", own_events(gathered, group)},
                       {"foyer", std::move(households)},
                       {"acces", std::move(seen)}};
}

} // namespace spie::droits
