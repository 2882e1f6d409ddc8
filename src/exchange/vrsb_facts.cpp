#include "exchange/vrsb_facts.hpp"

#include "exchange/controles.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace spie::exchange::vrsb {

namespace {

void add(feel::Context &content, const char *field, const std::string &text) {
  if (!text.empty())
    content.set(field, text);
}

void add(feel::Context &content, const char *field, const std::optional<feel::Date> &date) {
  if (date)
    content.set(field, *date);
}

const char *answer(bool yes) { return yes ? "oui" : "non"; }

std::string month_of(feel::Date date) { return date.to_string().substr(0, 7); }

// A last day, included, as the first day after.
std::optional<feel::Date> after(const std::optional<feel::Date> &last) {
  return last ? last->plus_days(1) : std::nullopt;
}

feel::Context identity(const PersonneVrsb &person, feel::Date reference) {
  feel::Context content;
  add(content, "civilite", person.civilite);
  add(content, "nom", person.nom);
  add(content, "nom_naissance", person.nom_naissance);
  add(content, "prenom", person.prenom);
  feel::List others;
  for (const std::string &name : {person.prenom2, person.prenom3})
    if (!name.empty())
      others.emplace_back(name);
  if (!others.empty())
    content.set("autres_prenoms", std::move(others));
  add(content, "date_naissance", birth_of(person, reference));
  add(content, "type_date_naissance", person.type_naissance);
  add(content, "commune_naissance", person.commune_naissance);
  add(content, "sexe", person.sexe);
  return content;
}

feel::Context address(const AdresseVrsb &from) {
  feel::List lines;
  const auto line = [&](std::string_view text) {
    if (!text.empty())
      lines.emplace_back(text);
  };
  line(from.complement_identite);
  line(from.complement);
  std::string street;
  for (const std::string &part : {from.numero, from.type_voie, from.voie})
    if (!part.empty())
      street += (street.empty() ? "" : " ") + part;
  line(street);
  line(from.lieu_dit);
  for (std::string_view rest = from.lignes; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    line(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  feel::Context content;
  if (!lines.empty())
    content.set("lignes", std::move(lines));
  if (!postcode_fault(from.code_postal))
    add(content, "code_postal", from.code_postal);
  add(content, "commune", from.commune);
  add(content, "code_commune", from.code_commune);
  add(content, "pays", from.pays);
  return content;
}

void state_income(Session &session, Codes &codes, Fil &said, const PersonneVrsb &person, const std::string &place) {
  std::vector<std::pair<std::string_view, feel::Date>> told;
  for (const RessourceVrsb &income : person.ressources) {
    if (income.nature.empty() || !income.mois || !income.montant)
      continue; // the part that cannot be read was noted
    codes.check("NATRESS", income.nature, place);
    codes.check("ABANEU", income.abattement, place);
    const std::pair<std::string_view, feel::Date> key{income.nature, *income.mois};
    if (std::find(told.begin(), told.end(), key) != told.end()) {
      session.refuse(Code::import_value, place, "NATRESS", income.nature,
                     "la même nature de ressource est donnée deux fois pour un mois : la première est gardée, rien "
                     "n'est additionné",
                     "faire préciser le montant à la source");
      continue;
    }
    told.push_back(key);
    feel::Context content{{"nature", income.nature}, {"mois", month_of(*income.mois)}, {"montant", *income.montant}};
    add(content, "abattement", income.abattement);
    const feel::CivilDate day = income.mois->civil();
    const feel::Date first = *feel::Date::from_civil(day.year, day.month, 1);
    said.state("revenu", std::move(content), {first, first.plus_months(1), dossier::Precision::mois}, place);
  }
}

void state_activities(Session &session, Codes &codes, Fil &said, const PersonneVrsb &person, const std::string &place) {
  std::vector<std::pair<std::string_view, std::optional<feel::Date>>> told;
  std::set<std::string> codes_told;
  for (const ActiviteVrsb &activity : person.activites) {
    if (activity.code.empty())
      continue;
    codes.check("ACT", activity.code, place);
    codes.check("REG", activity.regime, place);
    codes.check("NATCONTRTRA", activity.contrat, place);
    const std::pair<std::string_view, std::optional<feel::Date>> key{activity.code, activity.debut};
    const bool again = std::find(told.begin(), told.end(), key) != told.end();
    if (again || (activity.debut && activity.fin && *activity.fin < *activity.debut)) {
      session.refuse(Code::import_value, place, again ? "ACT" : "DFACT",
                     again ? activity.code : activity.fin->to_string(),
                     again ? "la même activité commence deux fois le même jour : la première est gardée"
                           : "l'activité finit avant de commencer : elle n'est pas lue",
                     "corriger à la source");
      continue;
    }
    told.push_back(key);
    codes_told.insert(activity.code);
    feel::Context content{{"code", activity.code}};
    add(content, "regime", activity.regime);
    add(content, "nature_contrat", activity.contrat);
    if (activity.debut)
      said.state("activite", std::move(content), {*activity.debut, after(activity.fin), {}}, place);
    else if (activity.fin && *activity.fin < said.reference()) // of its time, its last day is all that is known
      said.state("activite", std::move(content), {*activity.fin, after(activity.fin), {}}, place);
    else
      said.state_now("activite", std::move(content), {}, after(activity.fin), place);
  }
  const bool whole = std::none_of(person.activites.begin(), person.activites.end(),
                                  [](const ActiviteVrsb &activity) { return activity.code.empty(); });
  if (whole) // one that cannot be read may be any of them
    said.list_ends("activite", codes_told, place);
}

// Children without name nor NIR: month of birth, dependent or not. In an order of their own, so that the file's makes
// no difference.
feel::Context members(const FoyerVrsb &household, feel::Date reference) {
  std::vector<std::tuple<std::string, std::string>> children;
  std::int64_t others = 0;
  for (const PersonneVrsb &person : household.personnes) {
    if (person.role == "ENF") {
      const auto birth = birth_of(person, reference);
      children.emplace_back(birth ? month_of(*birth) : std::string(), person.a_charge ? answer(*person.a_charge) : "");
    } else if (person.role != "DEM" && person.role != "CJT" && person.a_charge == std::optional(true)) {
      ++others;
    }
  }
  std::sort(children.begin(), children.end());
  feel::List list;
  for (const auto &[month, dependent] : children) {
    feel::Context child;
    add(child, "mois_naissance", month);
    add(child, "a_charge", dependent);
    list.emplace_back(std::move(child));
  }
  return {{"enfants", std::move(list)}, {"autres_personnes_a_charge", others}};
}

void state_right(Codes &codes, Fil &said, const FoyerVrsb &household, const std::string &place) {
  feel::Context content{{"etat", household.etat}};
  add(content, "date_demande", household.date_demande);
  add(content, "numero_demande", household.numero_demande);
  feel::List motives;
  std::optional<feel::Date> suspended;
  for (const SuspensionVrsb &suspension : household.suspensions) {
    codes.check(suspension.du_droit ? "MOTISUSDRORSA" : "MOTISUSVERSRSA", suspension.motif, place);
    if (!suspension.motif.empty())
      motives.emplace_back(suspension.motif);
    if (suspension.depuis && (!suspended || *suspension.depuis < *suspended))
      suspended = suspension.depuis;
  }
  if (!motives.empty())
    content.set("motifs_suspension", std::move(motives));
  add(content, "date_suspension", suspended);
  add(content, "motif_refus", household.motif_refus);
  add(content, "date_refus", household.date_refus);
  add(content, "motif_cloture", household.motif_cloture);
  add(content, "date_cloture", household.date_cloture);
  // The state has no date of its own: it takes that of the block which the schema gives to it (l. 1213-1311).
  const bool stopped = household.etat == "3" || household.etat == "4";
  const bool closed = household.etat == "5" || household.etat == "6";
  const auto since = stopped                 ? suspended
                     : closed                ? household.date_cloture
                     : household.etat == "1" ? household.date_refus
                                             : std::nullopt;
  const bool dated = since && *since <= said.reference();
  if (dated)
    said.state("droit_rsa", std::move(content), {*since, {}, {}}, place);
  else
    said.state_now("droit_rsa", std::move(content), {}, {}, place);
}

} // namespace

std::optional<feel::Date> birth_of(const PersonneVrsb &person, feel::Date reference) {
  return person.naissance && !birth_fault(*person.naissance, reference) ? person.naissance : std::nullopt;
}

void state_person(Session &session, Codes &codes, Fil &said, const PersonneVrsb &person, const std::string &place) {
  said.state_now("identite", identity(person, said.reference()), {}, {}, place);
  if (!person.identifiant_demandeur.empty())
    said.state_now("identifiant", {{"genre", "pole_emploi"}, {"valeur", person.identifiant_demandeur}}, {}, {}, place);
  if (person.droits_devoirs)
    said.state_now("droits_devoirs", {{"soumis", answer(*person.droits_devoirs)}}, {}, {}, place);
  state_income(session, codes, said, person, place);
  state_activities(session, codes, said, person, place);
}

void state_membership(Fil &said, const PersonneVrsb &person, const dossier::Sujet &household,
                      const std::string &place) {
  said.state_now("appartenance", {{"foyer", household.to_string()}, {"role", person.role}}, person.rattachee,
                 after(person.detachee), place, {household});
}

// The last one as of the file; those before it, where they are dated and nothing is known of their time.
void state_addresses(Fil &said, const FoyerVrsb &household, const std::string &place) {
  const AdresseVrsb *last = nullptr;
  for (const AdresseVrsb &one : household.adresses)
    if (last == nullptr || one.rang == "01" || one.rang == "1")
      last = &one;
  feel::Context now = last == nullptr ? feel::Context() : address(*last);
  if (household.sans_domicile_fixe)
    now.set("sans_domicile_fixe", answer(*household.sans_domicile_fixe));
  if (last != nullptr && last->depuis) {
    std::vector<const AdresseVrsb *> former;
    for (const AdresseVrsb &one : household.adresses)
      if (&one != last && one.depuis && *one.depuis < *last->depuis && !said.had_its_say("adresse", "", *one.depuis))
        former.push_back(&one);
    std::sort(former.begin(), former.end(), [](const auto *a, const auto *b) { return *a->depuis < *b->depuis; });
    for (std::size_t i = 0; i < former.size(); ++i) {
      const feel::Date end = i + 1 < former.size() ? *former[i + 1]->depuis : *last->depuis;
      feel::Context content = address(*former[i]);
      if (*former[i]->depuis < end && !content.empty())
        said.state("adresse", std::move(content), {*former[i]->depuis, end, {}}, place);
    }
  }
  if (!now.empty())
    said.state_now("adresse", std::move(now), last == nullptr ? std::nullopt : last->depuis, {}, place);
}

void state_household(Session &session, Codes &codes, Fil &said, const FoyerVrsb &household, const std::string &place) {
  const auto missing = [&](const char *field, const char *motif) {
    session.refuse(Code::import_value, place, field, {}, motif, "demander le flux complet à l'organisme");
  };
  said.state_now("composition", members(household, said.reference()), {}, {}, place);
  if (!household.donnees_administratives)
    missing("DonneesAdministratives", "le bloc manque : les personnes sont lues sans adresse ni situation familiale");
  else if (household.situation_familiale.empty())
    missing("SITFAM", "la situation familiale manque");
  if (!household.situation_familiale.empty()) {
    feel::Context content{{"code", household.situation_familiale}};
    if (household.situation_depuis && *household.situation_depuis <= said.reference())
      said.state("situation_familiale", std::move(content), {*household.situation_depuis, {}, {}}, place);
    else
      said.state_now("situation_familiale", std::move(content), {}, {}, place);
  }
  if (household.etat.empty())
    missing("ETATDOSRSA", "l'état du droit au RSA manque");
  else
    state_right(codes, said, household, place);
}

void check_codes(Codes &codes, const FoyerVrsb &household, const std::string &place) {
  codes.check("FONORG", household.organisme, place);
  codes.check("SITFAM", household.situation_familiale, place);
  codes.check("ETATDOSRSA", household.etat, place);
  codes.check("MOTIREFURSA", household.motif_refus, place);
  codes.check("MOTICLORSA", household.motif_cloture, place);
  for (const AdresseVrsb &address : household.adresses) {
    codes.check("PAYS", address.pays, place);
    codes.check("TYPEADR", address.type, place);
    codes.check("ETATADR", address.etat, place);
  }
  for (const PersonneVrsb &person : household.personnes) {
    codes.check("QUAL", person.civilite, place);
    codes.check("SEXE", person.sexe, place);
    codes.check("TYPEDTNAI", person.type_naissance, place);
    codes.check("ROLEPERS", person.role, place);
  }
}

} // namespace spie::exchange::vrsb
