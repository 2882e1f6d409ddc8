// The right of access: all that is held on a person, with its sources, and who looked.
#include "insertion/dossier/paroles.hpp"
#include "insertion/droits/foyers.hpp"
#include "insertion/droits/masque.hpp"
#include "insertion/droits/values.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>
#include <map>

namespace spie::droits {

namespace {

// A fact about the other members of the household is given coarsely: how many children, not when they were born.
dossier::Situation without_others(dossier::Situation situation, const Droits &rights, const Masque &mask) {
  const auto of_others = [&](const dossier::Fait &fact) {
    return rights.autres_membres.contains(fact.type + "." + fact.champ);
  };
  Grossisseur coarse(rights, mask.jour());
  for (const dossier::Fait &fact : mask.maintenant().faits)
    if (of_others(fact))
      coarse.add(fact);
  std::erase_if(situation.faits, of_others);
  for (dossier::Fait &fact : coarse.facts())
    situation.faits.push_back(std::move(fact));
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
    feel::Context item = without_seq(feel::List{dossier::to_value(event)}).front().context();
    item.set("compte", gathered.visible(*held)); // false while its import is not closed
    list.push_back(std::move(item));
  }
  return list;
}

// What is given is hers: who asks for her gets what she would see, and no more.
Demande herself(const Demande &asked, const dossier::Sujet &person, const Droits &rights) {
  for (const Role &role : rights.roles)
    if (role.relation == Relation::soi && rights.ligne(role.nom, asked.finalite) != nullptr)
      return {{person.to_string(), {}, {role.nom}}, asked.finalite, asked.instant, role.nom};
  throw Error({Code::rights_refused, Level::error, "the person sees nothing for '" + asked.finalite + "'", {}, {}});
}

// Each entry once, with the dossiers of hers that it names: the others that a search found are not hers.
std::vector<Acces> accesses(JournalAcces &journal, const std::vector<dossier::Sujet> &group) {
  std::map<std::int64_t, Acces> by_seq;
  for (const dossier::Sujet &member : group)
    for (Acces &entry : journal.sur(member))
      by_seq.insert_or_assign(entry.seq, std::move(entry));
  std::vector<Acces> list;
  for (auto &[seq, entry] : by_seq) {
    entry.seq = 0; // it would count the accesses to other dossiers
    std::erase_if(entry.dossiers,
                  [&](const dossier::Sujet &one) { return std::find(group.begin(), group.end(), one) == group.end(); });
    list.push_back(std::move(entry));
  }
  return list;
}

} // namespace

feel::Value Guichet::acces(const Demande &demande, const dossier::Sujet &person, feel::Date au) {
  return traced(demande, "acces", {person}, [&]() -> feel::Value {
    check(demande, droits_);
    const std::string played = permit(demande, "acces", {{person, {}}});
    const Demande hers = herself(demande, person, droits_);
    const Masque mask(journal_, person, hers, droits_, regles_);

    const dossier::Connaissance known{{}, demande.instant};
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
        households.push_back(without_seq(dossier::to_value(std::vector{word}).list()).front());
      }
    }
    feel::Value seen = to_value(accesses(acces_, group));
    const feel::List sources = sources_value(gathered);
    noter(demande, played, "acces", {mask.dossier()});
    return feel::Context{{"dossier", mask.dossier().to_string()},
                         {"au", au},
                         {"demande", demande.instant.to_string()},
                         {"situation", situation_value(without_others(mask.situation(au, known), droits_, mask))},
                         {"sources", sources},
                         {"evenements", own_events(gathered, group)},
                         {"foyer", std::move(households)},
                         {"acces", std::move(seen)},
                         {"traitement", droits_.traitement}};
  });
}

std::vector<Acces> Guichet::consultations(const Demande &demande, const std::optional<dossier::Sujet> &person) {
  const std::vector<dossier::Sujet> about = person ? std::vector{*person} : std::vector<dossier::Sujet>();
  return traced(demande, "consultations", about, [&] {
    check(demande, droits_);
    std::vector<Cible> targets;
    if (person)
      targets.push_back({*person, {}});
    const std::string role = permit(demande, "consultations", targets);
    std::vector<Acces> list;
    std::vector<dossier::Sujet> shown;
    if (person) {
      const dossier::Recueil gathered(journal_, *person, {{}, demande.instant});
      std::vector<dossier::Sujet> group = gathered.absorbed();
      group.push_back(gathered.holder());
      list = accesses(acces_, group);
      shown.push_back(gathered.holder());
    } else {
      acces_.each([&](const Acces &entry) { list.push_back(entry); });
      for (Acces &entry : list)
        entry.seq = 0;
    }
    noter(demande, role, "consultations", std::move(shown));
    return list;
  });
}

} // namespace spie::droits
