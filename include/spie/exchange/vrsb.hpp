// The flow of RSA beneficiaries that the CAF and the MSA send each month (VRSB, vrsb0801.xsd): households one by one,
// in flat memory, and their import into a journal. docs/imports.md says what is read, what is not, and why.
#pragma once

#include "spie/exchange/import.hpp"
#include "spie/exchange/nomenclatures.hpp"
#include "spie/exchange/suite.hpp"
#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace spie::exchange {

// Texts are UTF-8 without blanks around them; empty means absent. Codes are as the flow writes them.
struct FluxVrsb {
  std::string application, version, type, nature; // type M: the stock of a month
  std::optional<feel::Date> creation;             // DTCREAFLUX
  std::optional<feel::Date> reference;            // DTREF: what has no date of its own is true then
};

struct RessourceVrsb {
  std::optional<feel::Date> mois; // its first day
  std::string nature;             // NATRESS
  std::optional<feel::Number> montant;
  std::string abattement; // ABANEU
  void clear();
};

struct ActiviteVrsb {
  std::string regime, code, contrat;
  std::optional<feel::Date> debut, fin; // both days included
  void clear();
};

struct PersonneVrsb {
  std::string civilite, nom, nom_naissance, prenom, prenom2, prenom3, commune_naissance, type_naissance, nir, sexe;
  std::optional<feel::Date> naissance;
  std::string role;                              // in the RSA, not in the family benefits
  std::optional<bool> a_charge;                  // the same
  std::optional<feel::Date> rattachee, detachee; // to the file of the CAF
  std::string identifiant_demandeur;             // IDASSEDIC
  std::optional<bool> droits_devoirs;
  Suite<RessourceVrsb> ressources;
  Suite<ActiviteVrsb> activites;
  std::string brut; // all that its elements hold, for its digest
  void clear();
};

struct AdresseVrsb {
  std::string rang; // RGADR: 01 is the last one
  std::string pays, type, etat;
  std::optional<feel::Date> depuis;
  std::string complement_identite, complement, numero, type_voie, voie, lieu_dit; // in France
  std::string lignes;                                                             // elsewhere, one a line
  std::string code_commune, code_postal, commune;
  void clear();
};

struct SuspensionVrsb {
  bool du_droit = false; // else of the payment alone
  std::string motif;
  std::optional<feel::Date> depuis;
  void clear();
};

// A value that is none: 2022-02-30, an amount with a comma, a text longer than any of the schema.
struct FauteVrsb {
  enum class Attendu : std::uint8_t { date, montant, booleen, texte_court } attendu{};
  std::size_t personne = 0; // from 1; 0 when it is of the household
  std::string champ, valeur;
  void clear();
};

struct FoyerVrsb {
  std::string organisme, numero_organisme, matricule; // its key
  std::optional<feel::Date> date_demande;
  std::string numero_demande;
  Suite<PersonneVrsb> personnes;
  bool donnees_administratives = false; // the block is there
  std::string situation_familiale;
  std::optional<feel::Date> situation_depuis;
  Suite<AdresseVrsb> adresses;
  std::optional<bool> sans_domicile_fixe;
  std::string etat; // ETATDOSRSA
  std::string motif_refus, motif_cloture;
  std::optional<feel::Date> date_refus, date_cloture;
  Suite<SuspensionVrsb> suspensions;
  Suite<FauteVrsb> fautes;
  std::string brut; // all that its elements hold outside persons, for its digest
  void clear();
};

// Numbers at the end of the flow, to check that it is whole.
struct TotauxVrsb {
  std::optional<std::int64_t> dossiers, anomalies; // NBTOTDOSRSATRANSM, NBTOTDOSRSATRANSMANO
};

class VisiteurVrsb {
public:
  virtual ~VisiteurVrsb() = default;
  virtual void flux(const FluxVrsb &flux) = 0;    // first
  virtual void foyer(const FoyerVrsb &foyer) = 0; // good until the call returns
  virtual void totaux(const TotauxVrsb &totaux) = 0;
};

// Throws Error: I002 for another format or version, I003 for the encoding, I004 for a household or a text beyond the
// limits, I009 when the file ends early.
void read_vrsb(Octets &bytes, VisiteurVrsb &visitor);

// Facts stand under the source "caf.vrsb", as the list of codes does; without it no code is checked. A file that cannot
// be read to its end gives a report that is not closed; Error is thrown for the bytes (I001) and for the journal (S…).
Rapport import_vrsb(dossier::Journal &journal, Octets &bytes, const ImportOptions &options,
                    const Nomenclatures &nomenclatures = {});

} // namespace spie::exchange
