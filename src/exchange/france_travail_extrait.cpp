// The extract: who is registered, since when, in which category, with whom, and what stands in their way.
#include "spie/exchange/france_travail.hpp"

#include "exchange/controles.hpp"
#include "exchange/enonces.hpp"
#include "exchange/france_travail_values.hpp"
#include "text/words.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace spie::exchange {

using dossier::Genre;
using dossier::Sujet;

namespace {

constexpr std::string_view source = "france_travail.extrait";
constexpr std::string_view id = "identifiant_unique_de";

constexpr std::array<std::string_view, 7> barriers{"dif_financiere", "dif_admin_jur", "dif_sante",    "dif_logement",
                                                   "dif_transport",  "dif_inser_com", "dif_familiale"};

FormatCsv format(const Nomenclature *lists) {
  FormatCsv made;
  made.nom = "france_travail_extrait";
  made.source = source;
  made.nomenclature = lists == nullptr ? std::string() : lists->reference();
  made.manquant = "NULL";
  made.conseil = "Vérifier que c'est l'extrait principal du SPIE : la première ligne nomme ses 44 colonnes.";
  for (const std::string_view column :
       {id, std::string_view("nom"), std::string_view("prenom"), std::string_view("date_naissance")})
    made.colonnes.push_back({column, true});
  for (const std::string_view column : {"civilite",
                                        "lieu_naissance",
                                        "code_lieu_naissance",
                                        "adresse_ligne2",
                                        "adresse_ligne3",
                                        "adresse_ligne4",
                                        "adresse_ligne5",
                                        "adresse_ligne6",
                                        "departement",
                                        "dr",
                                        "rome_1",
                                        "appelation_rome_1",
                                        "rome_2",
                                        "appelation_rome_2",
                                        "mrech.axetravailprincipal",
                                        "mrech.axetravailsecondaire",
                                        "der_entretien_ppae",
                                        "der_entretien",
                                        "inscription",
                                        "code_motif_inscription",
                                        "motif_inscription",
                                        "categorie_inscription",
                                        "struct_principale",
                                        "referent_civilite",
                                        "referent_nom",
                                        "referent_prenom",
                                        "referent_mail",
                                        "code_safir",
                                        "modalite_accompagnement",
                                        "struct_suivi",
                                        "suivi_debut",
                                        "suivi_fin_prev",
                                        "brsa"})
    made.colonnes.push_back({column});
  for (const std::string_view column : barriers)
    made.colonnes.push_back({column});
  for (const char *column :
       {"date_naissance", "der_entretien_ppae", "der_entretien", "inscription", "suivi_debut", "suivi_fin_prev"})
    made.dates.emplace_back(column, "aaaa-mm-jj");
  return made;
}

bool is_rome(std::string_view text) {
  return text.size() == 5 && text[0] >= 'A' && text[0] <= 'Z' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class Extrait {
public:
  Extrait(dossier::Journal &journal, const Nomenclature *lists) : journal_(journal), lists_(lists) {}

  bool take(Session &session, const RangeeCsv &row) {
    auto releve = identity_of(session, row);
    if (!releve)
      return false;
    take_person(session, persons_, row, *releve, [&](const Contexte &context) {
      identity(context, row, *releve);
      address(context, row);
      project(context, row);
      registration(context, row);
      interviews(context, row);
      adviser(context, row);
      answers(context, row);
    });
    return true;
  }

private:
  // Whose row it is; without it the row is refused.
  std::optional<dossier::Releve> identity_of(Session &session, const RangeeCsv &row) {
    const auto refuse = [&](std::string_view column, const char *motif) {
      session.refuse(Code::import_key, row.place(), std::string(column), row[column], motif,
                     "Corriger la ligne à la source, et la renvoyer.", true);
      return std::nullopt;
    };
    if (!is_key(row[id]))
      return refuse(id, "l'identifiant manque, ou a plus de 100 octets");
    for (const std::string_view column : {"nom", "prenom"})
      if (!is_key(row[column]))
        return refuse(column, "le nom ou le prénom manque, ou a plus de 100 octets");
    dossier::Releve releve;
    releve.cle = row[id];
    releve.nom = row["nom"];
    releve.prenom = row["prenom"];
    releve.naissance = read_horodate(row["date_naissance"]);
    if (!releve.naissance)
      return refuse("date_naissance",
                    row["date_naissance"].empty() ? "la date de naissance manque" : "ce n'est pas une date qui existe");
    if (const auto fault = birth_fault(*releve.naissance, session.reference()))
      return refuse("date_naissance", fault->motif.c_str());
    releve.commune_naissance = row["lieu_naissance"];
    releve.sexe = sex_of(row["civilite"]);
    if (releve.sexe.empty() && !row["civilite"].empty() && lists_ != nullptr)
      session.warn(Code::import_code, row.place(), "civilite", row["civilite"],
                   "cette civilité n'est pas dans la liste : le sexe reste inconnu",
                   "Compléter la nomenclature france_travail.extrait.");
    const std::string key = releve.cle + "|" + releve.naissance->to_string();
    if (const std::size_t first = seen_.first(key, row.numero()); first != 0)
      return refuse(id, ("la ligne " + std::to_string(first) + " a le même identifiant : elle seule est lue").c_str());
    if (journal_.lookup("source", std::string(source) + "|" + key).empty())
      releve.attente = waiting(releve.cle);
    return releve;
  }

  // What came before under this identifier, and has no identity yet.
  std::optional<Sujet> waiting(const std::string &identifier) {
    for (const Sujet &subject : holders_of(journal_, identifier)) {
      const auto events = journal_.about(subject);
      if (std::none_of(events.begin(), events.end(), [](const auto &event) { return event.type == "identite"; }))
        return subject;
    }
    return std::nullopt;
  }

  std::string sex_of(std::string_view civility) const {
    std::string upper(civility);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return lists_ == nullptr ? std::string() : lists_->text("civilite", upper, "sexe");
  }

  void identity(const Contexte &context, const RangeeCsv &row, const dossier::Releve &releve) const {
    feel::Context content;
    put(content, "civilite", row["civilite"]);
    put(content, "nom", row["nom"]);
    put(content, "prenom", row["prenom"]);
    put(content, "date_naissance", releve.naissance);
    put(content, "commune_naissance", row["lieu_naissance"]);
    put(content, "code_commune_naissance", row["code_lieu_naissance"]);
    put(content, "sexe", releve.sexe);
    state_now(context, "identite", content);
    state_now(context, "identifiant", {{"genre", genre_identifiant}, {"valeur", releve.cle}});
  }

  // The last line is the postcode and the town in one.
  static void address(const Contexte &context, const RangeeCsv &row) {
    std::vector<std::string> lines;
    for (const std::string_view column : {"adresse_ligne2", "adresse_ligne3", "adresse_ligne4", "adresse_ligne5"})
      lines.push_back(row[column]);
    const std::string_view last = row["adresse_ligne6"];
    constexpr std::size_t digits = 5;
    const bool split = last.size() > digits + 1 && last[digits] == ' ' &&
                       std::all_of(last.begin(), last.begin() + digits, [](char c) { return c >= '0' && c <= '9'; });
    feel::Context content;
    if (!split && !last.empty()) {
      lines.emplace_back(last);
      context.session.warn(Code::import_value, context.place, "adresse_ligne6", std::string(last),
                           "ce n'est pas un code postal suivi d'une commune : gardé comme une ligne d'adresse",
                           "Écrire par exemple « 77000 COMMUNE » ; un tableur ôte les zéros de tête.");
    }
    put(content, "lignes", lines);
    if (split) {
      put(content, "code_postal", last.substr(0, digits));
      put(content, "commune", trimmed(last.substr(digits + 1)));
    }
    state_now(context, "adresse", content);
  }

  static void project(const Contexte &context, const RangeeCsv &row) {
    feel::Context content;
    for (const std::string_view column : {"rome_1", "rome_2"})
      if (!row[column].empty() && !is_rome(row[column]))
        context.session.warn(Code::import_code, context.place, std::string(column), row[column],
                             "ce n'est pas un code ROME : il est gardé tel quel", "Le corriger à la source.");
    put(content, "metiers", {row["rome_1"], row["rome_2"]});
    put(content, "libelles", {row["appelation_rome_1"], row["appelation_rome_2"]});
    state_now(context, "recherche_emploi", content);
    feel::Context axes{{"question", "axe_travail"}};
    put(axes, "valeurs", {row["mrech.axetravailprincipal"], row["mrech.axetravailsecondaire"]});
    if (axes.size() > 1)
      state_now(context, "reponse_diagnostic", axes);
  }

  // As first seen, it holds since the day of registration; what changes later holds since the file that says so.
  static void registration(const Contexte &context, const RangeeCsv &row) {
    const auto since = date_of(context.session, row, "inscription");
    feel::Context content;
    put(content, "date_inscription", since);
    put(content, "motif", row["code_motif_inscription"]);
    put(content, "categorie", row["categorie_inscription"]);
    put(content, "structure", row["struct_principale"]);
    put(content, "code_structure", row["code_safir"]);
    put(content, "modalite", row["modalite_accompagnement"]);
    put(content, "suivi_structure", row["struct_suivi"]);
    put(content, "suivi_debut", date_of(context.session, row, "suivi_debut"));
    put(content, "suivi_fin_prevue", date_of(context.session, row, "suivi_fin_prev"));
    state_now(context, "inscription", content, since);
  }

  static void interviews(const Contexte &context, const RangeeCsv &row) {
    for (const auto &[column, kind] :
         {std::pair{"der_entretien_ppae", "entretien_ppae"}, std::pair{"der_entretien", "entretien"}}) {
      const auto held = date_of(context.session, row, column);
      if (held)
        state(context, "rendez_vous", {{"id", std::string(kind) + "/" + held->to_string()}, {"etape", "tenu"}},
              {*held, {}, {}});
    }
  }

  // An adviser of France Travail, who may not be the référent of the RSA: a role of its own.
  void adviser(const Contexte &context, const RangeeCsv &row) {
    std::string mail = ascii_lower(row["referent_mail"]);
    if (!mail.empty() && !keeps(context.session, GenreValeur::courriel, context.place, "referent_mail", mail))
      mail.clear();
    if (mail.empty() && row["referent_nom"].empty())
      return;
    const std::string key =
        mail.empty() ? row["code_safir"] + "/" + row["referent_nom"] + "/" + row["referent_prenom"] : mail;
    if (!is_key(key)) {
      context.session.refuse(Code::import_value, context.place, "referent_mail", key, "plus de 100 octets",
                             "Corriger l'adresse à la source.");
      return;
    }
    const auto [known, added] = advisers_.emplace(key, Sujet{});
    if (added) {
      known->second = context.session.subject_of(Genre::professionnel, "conseiller/" + key, context.place);
      Fil fil(context.session, known->second, "conseiller/" + key);
      feel::Context content;
      put(content, "nom", row["referent_nom"]);
      put(content, "prenom", row["referent_prenom"]);
      put(content, "courriels", std::vector{mail});
      state_now({context.session, fil, context.place}, "professionnel", content);
    }
    feel::Context content{{"role", "conseiller"}, {"etape", "nomme"}, {"professionnel", known->second.to_string()}};
    put(content, "courriel", mail);
    state_now(context, "referent", content, {}, {known->second});
  }

  void answers(const Contexte &context, const RangeeCsv &row) const {
    for (const std::string_view column : barriers) {
      const std::string barrier = lists_ == nullptr ? std::string() : lists_->text("difficulte", column, "frein");
      const auto answer = read_oui(row[column]);
      state_now(
          context, "frein",
          {{"code", barrier.empty() ? std::string(column) : barrier}, {"reponse", answer.value_or("non_aborde")}});
      if (!answer)
        raw_answer(context, column, row[column]);
    }
    const auto answer = read_oui(row["brsa"]);
    state_now(context, "statut", {{"code", "brsa"}, {"reponse", answer.value_or("non_aborde")}});
    if (!answer)
      raw_answer(context, "brsa", row["brsa"]);
  }

  // What an earlier extract answered does not hold any more, and what this one says is not understood.
  static void raw_answer(const Contexte &context, std::string_view column, const std::string &value) {
    state_now(context, "reponse_diagnostic", {{"question", column}, {"valeurs", feel::List{value}}});
    context.session.warn(Code::import_code, context.place, std::string(column), value,
                         "ni O, ni OUI, ni NULL : la valeur est gardée sans être interprétée",
                         "Demander à l'émetteur ce qu'elle veut dire.");
  }

  dossier::Journal &journal_;
  const Nomenclature *lists_;
  LignesVues seen_, persons_;
  std::map<std::string, Sujet> advisers_;
};

} // namespace

Rapport import_france_travail_extrait(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                      const Nomenclatures &nomenclatures) {
  const Nomenclature *lists = nomenclatures.find(source);
  Extrait extract(journal, lists);
  return import_lines(
      journal, bytes, options, format(lists),
      [&](Session &session, const RangeeCsv &row) { return extract.take(session, row); },
      [](Session &session) { session.record_absences(Genre::personne, {}); });
}

} // namespace spie::exchange
