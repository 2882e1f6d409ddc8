// Beneficiaries, one a line. What the program that these files are made for drops without a word is said here.
#include "spie/exchange/carnet_csv.hpp"

#include "exchange/carnet_values.hpp"
#include "exchange/controles.hpp"
#include "exchange/enonces.hpp"
#include "insertion/dossier/cles.hpp"
#include "text/words.hpp"

#include <algorithm>

namespace spie::exchange {

using dossier::Genre;
using dossier::Sujet;

namespace {

constexpr std::string_view id = "Identifiant dans le SI*";
constexpr std::string_view given_name = "Prénom*", surname = "Nom*", birth = "Date de naissance*";
constexpr std::string_view allocataire = "Numéro allocataire CAF/MSA";

FormatCsv format(const Nomenclature *lists) {
  FormatCsv made;
  made.nom = "carnet_beneficiaires";
  made.source = "carnet";
  made.nomenclature = lists == nullptr ? std::string() : lists->reference();
  made.conseil = "Vérifier que c'est le fichier des bénéficiaires : la première ligne nomme ses colonnes.";
  made.colonnes = {{id, true, true},
                   {given_name, true},
                   {surname, true},
                   {birth, true},
                   {"NIR", false, true},
                   {"Lieu de naissance"},
                   {"Téléphone"},
                   {"Email"},
                   {"Adresse"},
                   {"Adresse (complément)"},
                   {"Code postal"},
                   {"Ville"},
                   {"Situation"},
                   {allocataire, false, true},
                   {"Identifiant Pôle emploi"},
                   {"Droits RSA"},
                   {"Droits ARE"},
                   {"Droits ASS"},
                   {"Prime d'activité"},
                   {"RQTH"},
                   {"Zone de mobilité"},
                   {"Emploi recherché (code ROME)"},
                   {"Niveau de formation"},
                   {"Structure"},
                   {"Accompagnateurs"}};
  made.dates = {{birth, "aaaa-mm-jj"}};
  return made;
}

class Beneficiaires {
public:
  Beneficiaires(dossier::Journal &journal, const Nomenclature *lists) : journal_(journal), lists_(lists) {}

  bool take(Session &session, const RangeeCsv &row) {
    const auto releve = identity_of(session, row);
    if (!releve)
      return false;
    take_person(session, persons_, row, *releve, [&](const Contexte &context) {
      identity(context, row, *releve);
      contact(context, row);
      project(context, row);
      rights(context, row);
      follow_up(context, row);
    });
    return true;
  }

private:
  std::optional<dossier::Releve> identity_of(Session &session, const RangeeCsv &row) {
    const auto refuse = [&](std::string_view column, std::string motif, std::string remede) {
      session.refuse(Code::import_key, row.place(), std::string(column), row[column], std::move(motif),
                     std::move(remede), true);
      return std::nullopt;
    };
    for (const std::string_view column : {id, given_name, surname})
      if (!is_key(row[column]))
        return refuse(column, "la valeur manque, ou a plus de 100 octets", "La donner.");
    dossier::Releve releve;
    releve.naissance = read_jour(row[birth]);
    if (!releve.naissance)
      return refuse(birth, row[birth].empty() ? "la date de naissance manque" : "ce n'est pas une date qui existe",
                    "L'écrire comme 1998-05-25 ou 25/05/1998.");
    if (auto fault = birth_fault(*releve.naissance, session.reference()))
      return refuse(birth, std::move(fault->motif), std::move(fault->remede));
    releve.nom = row[surname];
    releve.prenom = row[given_name];
    releve.commune_naissance = row["Lieu de naissance"];
    // A NIR serves to match, whatever its column; a key made of it is its fingerprint.
    releve.cle = row[id];
    for (const std::string_view column : {id, allocataire, std::string_view("NIR")})
      if (dossier::read_nir(row[column]))
        releve.nir = row[column];
    if (const auto nir = dossier::read_nir(row[id]))
      releve.cle = journal_.nir_fingerprints(nir->treize).front();
    if (const auto fault = row["NIR"].empty() ? std::nullopt : nir_fault(row["NIR"]))
      session.refuse(Code::import_value, row.place(), "NIR", dossier::masked_nir(row["NIR"]), fault->motif,
                     fault->remede);
    if (const std::size_t first = seen_.first(releve.cle + "|" + releve.naissance->to_string(), row.numero());
        first != 0)
      return refuse(id, "la ligne " + std::to_string(first) + " a le même identifiant : elle seule est lue",
                    "Retirer l'une des deux.");
    return releve;
  }

  void identity(const Contexte &context, const RangeeCsv &row, const dossier::Releve &releve) const {
    feel::Context content;
    put(content, "nom", releve.nom);
    put(content, "prenom", releve.prenom);
    put(content, "date_naissance", releve.naissance);
    put(content, "commune_naissance", releve.commune_naissance);
    state_now(context, "identite", content);
    state_now(context, "identifiant", {{"genre", "carnet"}, {"valeur", releve.cle}});
    if (!row[allocataire].empty() && !dossier::read_nir(row[allocataire]))
      state_now(context, "identifiant", {{"genre", "allocataire"}, {"valeur", row[allocataire]}});
    if (!row["Identifiant Pôle emploi"].empty())
      state_now(context, "identifiant", {{"genre", "pole_emploi"}, {"valeur", row["Identifiant Pôle emploi"]}});
  }

  static void contact(const Contexte &context, const RangeeCsv &row) {
    feel::Context reached;
    put(reached, "telephones", phones_of(context.session, row, "Téléphone"));
    put(reached, "courriels", mails_of(context.session, row, "Email"));
    state_now(context, "contact", reached);
    feel::Context address;
    put(address, "lignes", std::vector{row["Adresse"], row["Adresse (complément)"]});
    put(address, "code_postal", postcode_of(context.session, row, "Code postal"));
    put(address, "commune", row["Ville"]);
    state_now(context, "adresse", address);
  }

  void project(const Contexte &context, const RangeeCsv &row) const {
    const Metiers jobs = read_metiers(row["Emploi recherché (code ROME)"]);
    if (jobs.codes.size() < jobs.libelles.size())
      context.session.warn(Code::import_code, context.place, "Emploi recherché (code ROME)",
                           row["Emploi recherché (code ROME)"],
                           "un métier n'a pas son code ROME entre parenthèses : il est gardé en clair",
                           "L'écrire comme « Libellé (A1234) ».");
    feel::Context content;
    put(content, "metiers", jobs.codes);
    put(content, "libelles", jobs.libelles);
    put(content, "zone_mobilite", row["Zone de mobilité"]);
    state_now(context, "recherche_emploi", content);
    coded(context, row, "Situation", "situation", "situation_professionnelle", "code");
    coded(context, row, "Niveau de formation", "niveau", "niveau_formation", "niveau");
  }

  void coded(const Contexte &context, const RangeeCsv &row, std::string_view column, std::string_view list,
             std::string_view type, std::string_view field) const {
    if (row[column].empty())
      return;
    unknown_code(context, row, column, list);
    feel::Context content;
    put(content, field, row[column]);
    state_now(context, type, content);
  }

  bool unknown_code(const Contexte &context, const RangeeCsv &row, std::string_view column,
                    std::string_view list) const {
    if (lists_ == nullptr || lists_->find(list, row[column]) != nullptr)
      return false;
    context.session.warn(Code::import_code, context.place, std::string(column), row[column],
                         "ce code n'est pas dans la liste : il est gardé tel quel", "Vérifier l'orthographe du code.");
    return true;
  }

  void rights(const Contexte &context, const RangeeCsv &row) const {
    if (!row["Droits RSA"].empty()) {
      unknown_code(context, row, "Droits RSA", "droits_rsa");
      std::string answer = lists_ == nullptr ? "" : lists_->text("droits_rsa", row["Droits RSA"], "brsa");
      state_now(
          context, "statut",
          {{"code", "brsa"}, {"reponse", answer.empty() ? "ne_sait_pas" : answer}, {"precision", row["Droits RSA"]}});
    }
    for (const auto &[column, status] : {std::pair{"Droits ARE", "are"}, std::pair{"Droits ASS", "ass"},
                                         std::pair{"Prime d'activité", "prime_activite"}, std::pair{"RQTH", "rqth"}}) {
      if (row[column].empty())
        continue;
      const std::string lower = ascii_lower(row[column]);
      const std::string answer = lists_ == nullptr ? std::string() : lists_->text("oui_non", lower, "reponse");
      if (!answer.empty())
        state_now(context, "statut", {{"code", status}, {"reponse", answer}});
      else
        context.session.refuse(Code::import_value, context.place, column, row[column],
                               "ni oui, ni non : la réponse reste inconnue",
                               "Écrire oui ou non ; le carnet l'ignore sans le dire.");
    }
  }

  // The first companion is taken for the référent, the others for members of the path.
  void follow_up(const Contexte &context, const RangeeCsv &row) const {
    const std::optional<Sujet> structure = structure_of(context, row);
    const auto mails = mails_of(context.session, row, "Accompagnateurs");
    feel::Context content{{"role", "referent_unique"}, {"etape", "nomme"}};
    std::vector<Sujet> concerned;
    if (structure) {
      put(content, "structure", structure->to_string());
      concerned.push_back(*structure);
    }
    for (std::size_t i = 0; i < mails.size(); ++i) {
      const std::string key = "courriel/" + mails[i];
      if (!is_key(key))
        continue;
      const Sujet professional = context.session.subject_of(Genre::professionnel, key, context.place);
      if (context.session.is_new(professional)) { // the file of structures may say more
        Fil fil(context.session, professional, key);
        state_now({context.session, fil, context.place}, "professionnel", {{"courriels", feel::List{mails[i]}}});
      }
      if (i == 0) {
        put(content, "professionnel", professional.to_string());
        put(content, "courriel", mails[i]);
        concerned.push_back(professional);
      } else {
        state_now(context, "membre",
                  {{"professionnel", professional.to_string()}, {"role", "accompagnateur"}, {"etape", "commence"}}, {},
                  {professional});
      }
    }
    if (!concerned.empty())
      state_now(context, "referent", content, {}, concerned);
  }

  std::optional<Sujet> structure_of(const Contexte &context, const RangeeCsv &row) const {
    if (row["Structure"].empty())
      return std::nullopt;
    const auto found = journal_.lookup("nom_structure", dossier::normalized_name(row["Structure"]));
    if (found.size() == 1)
      return found.front();
    context.session.warn(Code::import_code, context.place, "Structure", row["Structure"],
                         found.empty() ? "aucune structure de ce nom n'est connue : la personne est lue sans structure"
                                       : "plusieurs structures ont ce nom : la personne est lue sans structure",
                         "Lire d'abord le fichier des structures ; le nom doit être le même.");
    return std::nullopt;
  }

  dossier::Journal &journal_;
  const Nomenclature *lists_;
  LignesVues seen_, persons_;
};

} // namespace

Rapport import_carnet_beneficiaires(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                                    const Nomenclatures &nomenclatures) {
  const Nomenclature *lists = nomenclatures.find("carnet");
  Beneficiaires people(journal, lists);
  return import_lines(journal, bytes, options, format(lists),
                      [&](Session &session, const RangeeCsv &row) { return people.take(session, row); });
}

} // namespace spie::exchange
