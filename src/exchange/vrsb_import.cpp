// A VRSB flow into a journal: who gets a dossier, what is refused, and how it is accounted for.
#include "crypto/digest.hpp"
#include "exchange/controles.hpp"
#include "exchange/flux_caf.hpp"
#include "exchange/foyer_caf.hpp"
#include "exchange/vrsb_facts.hpp"
#include "exchange/vrsb_reader.hpp"

#include <algorithm>
#include <set>

namespace spie::exchange {

namespace vrsb {

namespace {

using dossier::Genre;
using dossier::Sujet;

constexpr FormatCaf format{"vrsb", "caf.vrsb", "foyer", "DTREF", "InfosFoyerRSA"};

const char *expected(FauteVrsb::Attendu what) {
  switch (what) {
  case FauteVrsb::Attendu::date:
    return "ce n'est pas une date qui existe, écrite AAAA-MM-JJ";
  case FauteVrsb::Attendu::montant:
    return "ce n'est pas un montant, écrit 0000450.00";
  case FauteVrsb::Attendu::booleen:
    return "ce n'est ni 0 ni 1";
  case FauteVrsb::Attendu::texte_court:
    break;
  }
  return "le texte dépasse la longueur d'un champ du flux";
}

class Import final : public VisiteurVrsb, public FluxCaf {
public:
  Import(dossier::Journal &journal, const ImportOptions &options, const Nomenclature *list, Octets &bytes)
      : FluxCaf(journal, options, format, list, bytes) {}

  void flux(const FluxVrsb &flux) override {
    monthly_ = flux.type == "M";
    open(flux.reference);
  }
  void foyer(const FoyerVrsb &household) override {
    take(household, [this](const FoyerVrsb &one) { return read(one); });
  }
  void totaux(const TotauxVrsb &totals) override { totals_ = totals; }

  Rapport close(const Reader &) {
    if (!opened())
      return nothing_read();
    if (check_total() && monthly_)
      record_absences();
    return session_.close();
  }

private:
  bool read(const FoyerVrsb &household) {
    const std::string place = this->place();
    const auto key = key_of(household, place);
    if (!key) {
      unread_ = true;
      return false;
    }
    if (const std::string organisme = household.organisme + "|" + household.numero_organisme + "|";
        organismes_.size() < 1'000)
      organismes_.insert(organisme);
    report_faults(household, place);
    report_nonsense(household, place);
    check_codes(codes_, household, place);
    const Sujet subject = session_.subject_of(Genre::foyer, *key, place);
    if (session_.seen(subject)) {
      session_.refuse(Code::import_key, place, "MATRICULE", dossier::masked_nir(household.matricule),
                      "le foyer est déjà dans ce fichier : seul le premier est lu",
                      "faire vérifier lequel des deux vaut", true);
      return false;
    }
    Fil said(session_, subject, *key);
    state_household(session_, codes_, said, household, place);
    said.observe(digest(household));
    for (std::size_t i = 0; i < household.personnes.size(); ++i)
      read_person(household, household.personnes[i], *key, subject, place + "/Personne[" + std::to_string(i + 1) + "]");
    return true;
  }

  void read_person(const FoyerVrsb &household, const PersonneVrsb &person, const std::string &household_key,
                   const Sujet &subject, const std::string &place) {
    if (person.role.empty()) {
      session_.refuse(
          Code::import_value, place, "ROLEPERS", {},
          "le rôle dans le RSA manque : la personne n'est comptée ni parmi les adultes ni parmi les enfants",
          "demander les deux blocs Prestations de la personne");
      unread_ = true;
      return;
    }
    if (person.role != "DEM" && person.role != "CJT")
      return; // in the household alone
    if (person.nom.empty() || person.prenom.empty() || dossier::find_nir(person.prenom)) {
      session_.refuse(Code::import_key, place, person.nom.empty() ? "NOM" : "PRENOM", {},
                      "l'identité de la personne ne peut être lue : elle n'a pas de dossier",
                      "corriger l'identité à la source, et renvoyer le foyer");
      unread_ = true;
      return;
    }
    const std::string key = person_key(household_key, person.prenom);
    const Sujet dossier = attach(record_of(person, key), place);
    if (session_.seen(dossier)) {
      session_.warn(Code::import_key, place, "Personne", {},
                    "la personne est déjà dans ce fichier : ce qu'il en dit ici n'est pas lu",
                    "faire vérifier à l'organisme de quel foyer elle est");
      return;
    }
    Fil said(session_, dossier, key);
    state_person(session_, codes_, said, person, place);
    state_membership(said, person, subject, place);
    state_addresses(said, household, place);
    said.observe(crypto::hex(crypto::sha256(person.brut)));
  }

  dossier::Releve record_of(const PersonneVrsb &person, const std::string &key) const {
    dossier::Releve record;
    record.cle = key;
    record.nom = person.nom;
    record.nom_naissance = person.nom_naissance;
    record.prenom = person.prenom;
    record.naissance = birth_of(person, session_.reference());
    record.commune_naissance = person.commune_naissance;
    record.sexe = person.sexe;
    record.nir = person.nir;
    return record;
  }

  static std::string digest(const FoyerVrsb &household) {
    crypto::Sha256 digest;
    digest.update(household.brut);
    for (const PersonneVrsb &person : household.personnes)
      digest.update(person.brut);
    return crypto::hex(digest.finish());
  }

  void report_faults(const FoyerVrsb &household, const std::string &place) {
    for (const FauteVrsb &fault : household.fautes) {
      const bool secret = fault.champ == "NIR" || fault.champ == "MATRICULE";
      session_.refuse(Code::import_value,
                      fault.personne == 0 ? place : place + "/Personne[" + std::to_string(fault.personne) + "]",
                      fault.champ, secret ? dossier::masked_nir(fault.valeur) : fault.valeur, expected(fault.attendu),
                      "corriger la valeur à la source");
    }
  }

  // Values of the right form that cannot be true: they are left out, and said once for the household.
  void report_nonsense(const FoyerVrsb &household, const std::string &place) {
    for (std::size_t i = 0; i < household.personnes.size(); ++i)
      kept_birth(session_, household.personnes[i].naissance, place + "/Personne[" + std::to_string(i + 1) + "]",
                 "DTNAI");
    for (const AdresseVrsb &address : household.adresses)
      if (!address.code_postal.empty())
        keeps(session_, GenreValeur::code_postal, place, "CODEPOS", address.code_postal);
  }

  // True when the flow counts as many households as were received, and says so without the anomalies.
  bool check_total() {
    const std::int64_t received = session_.record();
    const auto differs = [&](const std::string &value, const std::string &motif) {
      session_.warn(Code::import_total, "TransmissionFlux", "NBTOTDOSRSATRANSM", value,
                    motif + " : aucune absence n'est constatée", "demander à l'organisme si le fichier est entier");
      return false;
    };
    if (!totals_.dossiers)
      return differs({}, "le total de contrôle manque");
    const std::int64_t total = *totals_.dossiers, anomalies = totals_.anomalies.value_or(0);
    if (total == received)
      return true;
    const std::string both = std::to_string(total) + " annoncés, " + std::to_string(anomalies) + " en anomalie, " +
                             std::to_string(received) + " reçus";
    if (total == received + anomalies)
      return differs(std::to_string(total), "le total compte aussi les dossiers en anomalie (" + both + ")");
    if (total == received - anomalies)
      return differs(std::to_string(total), "le total ne compte pas les dossiers en anomalie (" + both + ")");
    return differs(std::to_string(total), "le total de contrôle diffère, avec ou sans les anomalies (" + both + ")");
  }

  // The monthly flow is a stock. A record that could not be read may be of anybody.
  void record_absences() {
    if (unread_) {
      session_.warn(Code::import_key, "Racine", "InfosFoyerRSA", {},
                    "des foyers ou des personnes n'ont pu être lus : aucune absence n'est constatée",
                    "corriger les enregistrements refusés, et relire le fichier");
      return;
    }
    for (const std::string &organisme : organismes_) {
      session_.record_absences(Genre::foyer, organisme);
      session_.record_absences(Genre::personne, organisme);
    }
  }

  TotauxVrsb totals_;
  std::set<std::string> organismes_; // "CAF|771|": of which this file is the stock
  bool monthly_ = false, unread_ = false;
};

} // namespace

} // namespace vrsb

Rapport import_vrsb(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                    const Nomenclatures &nomenclatures) {
  vrsb::Import import(journal, options, nomenclatures.find(vrsb::format.source), bytes);
  return read_flux<vrsb::Reader>(import, bytes);
}

} // namespace spie::exchange
