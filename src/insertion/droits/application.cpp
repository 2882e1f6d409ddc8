// A dossier under its mask.
#include "insertion/droits/masque.hpp"
#include "spie/dossier/contenu.hpp"

#include <algorithm>

namespace spie::droits {

namespace {

// Whom the value names: a pseudonym is no use beside the name of the household or of the référent.
bool names_somebody(const feel::Value &value) {
  if (!value.is(feel::Kind::text))
    return false;
  const auto subject = dossier::Sujet::parse(value.text());
  return subject && (subject->genre == dossier::Genre::personne || subject->genre == dossier::Genre::foyer ||
                     subject->genre == dossier::Genre::professionnel);
}

// Whether a field is a part of the key of its type.
bool is_key(const dossier::TypeContenu &type, std::string_view field) {
  return (" " + std::string(type.cle) + " ").find(" " + std::string(field) + " ") != std::string::npos;
}

bool contains(const std::vector<dossier::Sujet> &list, const dossier::Sujet &one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

feel::Value without_events(const feel::Value &steps) {
  feel::List list;
  for (const feel::Value &step : steps.list()) {
    feel::Context kept;
    for (const char *key : {"etape", "date"})
      if (const feel::Value *value = step.context().find(key); value != nullptr)
        kept.set(key, *value);
    list.push_back(std::move(kept));
  }
  return list;
}

} // namespace

void Masque::sift(const dossier::TypeContenu &type, std::vector<dossier::Enonce> &statements, feel::Date au,
                  Tri &tri) const {
  std::erase_if(statements, [&](dossier::Enonce &said) {
    if (!holds(said.actuel->id))
      return true;
    dossier::Chemin path{type.genre == dossier::Genre::foyer, &type, dossier::key_of(type, said.contenu()), {}};
    feel::Context kept;
    bool whole = true, something = false;
    for (const auto &[name, value] : said.contenu()) {
      path.champ = name;
      const bool shown = clear(path, said.actuel->id, &value);
      whole = whole && shown;
      something = something || (shown && !is_key(type, name));
      if (shown || is_key(type, name))
        kept.set(name, value);
    }
    const bool renamed = said.actuel->auteur == demande_.acteur.id && ranked_as(type.nom) == type.nom;
    if (whole && !renamed)
      return false;
    if (renamed)
      if (const feel::Value *number = kept.find(type.cle); number != nullptr && number->is(feel::Kind::text))
        kept.set(std::string(type.cle), own_key(said.actuel->auteur, number->text()));
    if (whole)
      something = true;
    if (!something || (type.cardinalite == dossier::Cardinalite::etapes && kept.find("etape") == nullptr)) {
      if (type.cardinalite == dossier::Cardinalite::unique && said.effet.debut <= au &&
          !(said.effet.fin && *said.effet.fin <= au) && std::ranges::all_of(said.contenu(), [&](const auto &field) {
            path.champ = field.first;
            return clear_but_for_text(path);
          }))
        tri.silent.push_back({std::string(type.nom), {}, said.actuel->id, said.effet.debut});
      return true;
    }
    tri.shortened.push_back(*said.actuel);
    tri.shortened.back().contenu = std::move(kept);
    said.actuel = &tri.shortened.back();
    return false;
  });
}

ParolesClaires::ParolesClaires(const Masque &masque, dossier::Journal &journal, const dossier::Sujet &personne,
                               feel::Date au, const dossier::Connaissance &connu)
    : recueil_(journal, personne, connu) {
  if (masque.refuse())
    return;
  enonces_ = dossier::statements(recueil_);
  for (auto &[name, said] : enonces_)
    masque.sift(*dossier::find_type(name), said, au, tri_);
}

const dossier::Situation &Masque::maintenant() const {
  if (!maintenant_)
    maintenant_ = dossier::situation(journal_, asked_, relations_.jour(), {{}, demande_.instant}, regles_,
                                     {{}, demande_.acteur.id});
  return *maintenant_;
}

dossier::Situation Masque::situation(feel::Date au, const dossier::Connaissance &connu,
                                     const dossier::Types *types) const {
  dossier::Situation seen;
  seen.sujet = asked_;
  seen.au = au;
  seen.connu = connu;
  if (refus_ != Motif::aucun) {
    if (pseudonyme())
      seen.sujet.id = pseudonym();
    return seen;
  }
  Tri tri;
  seen = dossier::situation(journal_, asked_, au, connu, regles_,
                            {[&](const dossier::TypeContenu &type, std::vector<dossier::Enonce> &statements) {
                               sift(type, statements, au, tri);
                             },
                             {},
                             types});
  // That she entered is known where why is not, unless something in clear stands for it.
  for (const dossier::Presence &one : tri.silent) {
    const auto of_type = [&](const auto &other) { return other.type == one.type; };
    const auto held = std::ranges::find_if(seen.presences, of_type);
    if (std::ranges::any_of(seen.faits, of_type))
      continue;
    if (held == seen.presences.end())
      seen.presences.push_back(one);
    else if (held->depuis < one.depuis)
      *held = one;
  }
  // Fields of a key that were left for the key's sake.
  std::erase_if(seen.faits, [&](const dossier::Fait &fact) {
    return !clear(dossier::Chemin::of(fact), fact.dire.evenement, &fact.dire.valeur);
  });
  std::erase_if(seen.absorbes, [&](const dossier::Sujet &one) { return !contains(groupe_, one); });
  if (!contains(groupe_, seen.sujet))
    seen.sujet = dossier();
  if (seen.foyer &&
      (!foyers_.contains(*seen.foyer) || judge_under("appartenance.foyer").traitement != Traitement::clair))
    seen.foyer.reset();

  if (grossit_) {
    Grossisseur coarse(droits_, jour());
    for (const dossier::Fait &fact : maintenant().faits)
      if ((types == nullptr || types->contains(fact.type)) &&
          judge(dossier::Chemin::of(fact), fact.dire.evenement, &fact.dire.valeur).traitement == Traitement::grossi)
        coarse.add(fact);
    for (dossier::Fait &fact : coarse.facts())
      seen.faits.push_back(std::move(fact));
  }

  // The order of its record would count, between two facts that are shown, those that are not.
  seen.seq = 0;
  for (dossier::Fait &fact : seen.faits) {
    fact.dire.seq = 0;
    for (dossier::Dire &other : fact.autres)
      other.seq = 0;
  }
  hide_numbers(seen.faits);
  if (pseudonyme())
    hide_origins(seen);
  return seen;
}

void Masque::hide_origins(dossier::Situation &situation) const {
  situation.sujet.id = pseudonym();
  situation.absorbes.clear();
  situation.foyer.reset();
  std::erase_if(situation.faits, [](const dossier::Fait &fact) {
    return names_somebody(fact.dire.valeur) || fact.type == "declassement"; // it names an event
  });
  for (dossier::Fait &fact : situation.faits) {
    fact.dire.auteur.clear();
    fact.dire.evenement.clear();
    fact.dire.enregistre = {};
    fact.autres.clear();
    if (fact.champ == "etapes")
      fact.dire.valeur = without_events(fact.dire.valeur);
  }
}

std::string Masque::asked(std::string_view chemin) const {
  auto read = dossier::Chemin::parse(chemin);
  if (!read || (read->type->cle.empty() && !read->cle.empty())) // who reads the path says what is wrong with it
    return std::string(chemin);
  read->champ.clear();
  if (hides_keys(read->type->nom))
    read->cle.clear();
  return read->to_string();
}

std::vector<dossier::Parole> Masque::apply(std::vector<dossier::Parole> paroles, std::string_view chemin) const {
  if (refus_ != Motif::aucun || pseudonyme()) // events, their authors and their hours lead back to the person
    return {};
  auto read = dossier::Chemin::parse(chemin);
  if (!read)
    return {};
  if (read->champ == "etapes")
    read->champ = "etape";
  const dossier::TypeContenu &type = *read->type;
  std::set<std::string, std::less<>> shown_events;
  std::erase_if(paroles, [&](dossier::Parole &word) {
    if (!holds(word.dire.evenement))
      return true;
    if (word.type == "retrait") // of what is shown
      return !shown_events.contains(word.corrige);
    const auto in_clear = [&, key = word.cle](std::string_view name, const feel::Value &value) {
      return clear({read->du_foyer, &type, key, std::string(name)}, word.dire.evenement, &value);
    };
    if (const std::string_view ranked = ranked_as(type.nom); !ranked.empty()) {
      const auto rank = ranks().of(ranked, ranked == type.nom ? own_key(word.dire.auteur, word.cle) : word.cle);
      if (!rank || (!read->cle.empty() && read->cle != *rank)) // a number of the source finds nothing
        return true;
      word.cle = *rank;
    }
    feel::Context kept;
    bool whole = true, something = false;
    for (const auto &[name, value] : word.dire.valeur.context())
      if (in_clear(name, value)) {
        something = something || !is_key(type, name);
        if (auto shown = number(type.nom, name, value))
          kept.set(name, std::move(*shown));
      } else {
        whole = false;
      }
    if (kept.empty() || (!whole && !something))
      return true;
    if (read->champ.empty()) {
      word.dire.valeur = std::move(kept);
    } else if (const feel::Value *said = kept.find(read->champ); said != nullptr) {
      word.dire.valeur = feel::Value(*said);
    } else {
      // It says nothing of this field, or nothing that may be shown: the same answer where the field may be.
      word.dire.valeur = feel::Value();
      if (!in_clear(read->champ, word.dire.valeur) || !number(type.nom, read->champ, word.dire.valeur))
        return true;
    }
    shown_events.insert(word.dire.evenement);
    return false;
  });
  for (const dossier::Parole &word : paroles)
    shown_events.insert(word.dire.evenement); // the retractions too
  for (dossier::Parole &word : paroles) {
    word.dire.seq = 0;
    if (!shown_events.contains(word.corrige))
      word.corrige.clear();
    if (!shown_events.contains(word.corrige_par)) {
      word.corrige_par.clear();
      word.dire.corrige = false;
    }
  }
  return paroles;
}

} // namespace spie::droits
