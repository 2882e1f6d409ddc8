#include "exchange/vrsb_reader.hpp"

#include "exchange/flux_values.hpp"
#include "text/words.hpp"

namespace spie::exchange {

void RessourceVrsb::clear() {
  mois.reset();
  nature.clear();
  montant.reset();
  abattement.clear();
}

void ActiviteVrsb::clear() {
  regime.clear();
  code.clear();
  contrat.clear();
  debut.reset();
  fin.reset();
}

void PersonneVrsb::clear() {
  for (std::string *text : {&civilite, &nom, &nom_naissance, &prenom, &prenom2, &prenom3, &commune_naissance,
                            &type_naissance, &nir, &sexe, &role, &identifiant_demandeur, &brut})
    text->clear();
  naissance.reset();
  a_charge.reset();
  rattachee.reset();
  detachee.reset();
  droits_devoirs.reset();
  ressources.clear();
  activites.clear();
}

void AdresseVrsb::clear() {
  for (std::string *text : {&rang, &pays, &type, &etat, &complement_identite, &complement, &numero, &type_voie, &voie,
                            &lieu_dit, &lignes, &code_commune, &code_postal, &commune})
    text->clear();
  depuis.reset();
}

void SuspensionVrsb::clear() {
  du_droit = false;
  motif.clear();
  depuis.reset();
}

void FauteVrsb::clear() {
  attendu = Attendu::date;
  personne = 0;
  champ.clear();
  valeur.clear();
}

void FoyerVrsb::clear() {
  for (std::string *text : {&organisme, &numero_organisme, &matricule, &numero_demande, &situation_familiale, &etat,
                            &motif_refus, &motif_cloture, &brut})
    text->clear();
  for (std::optional<feel::Date> *date : {&date_demande, &situation_depuis, &date_refus, &date_cloture})
    date->reset();
  personnes.clear();
  donnees_administratives = false;
  adresses.clear();
  sans_domicile_fixe.reset();
  suspensions.clear();
  fautes.clear();
}

namespace vrsb {

using enum Element;

namespace {

constexpr std::size_t most_elements = 20'000, most_bytes = std::size_t{1} << 20U; // of a household
constexpr std::size_t most_repeated = 500;                                        // persons, suspensions
constexpr std::size_t most_text = 128; // the longest of the schema has 38 characters, a comment 60

[[noreturn]] void refuse_format(std::string motif, std::string remede) {
  throw XmlFault{Code::import_format, 0, std::move(motif), std::move(remede)};
}

} // namespace

void Reader::open(std::string_view name) {
  const Element element = element_of(name);
  path_[depth_++] = element;
  if (depth_ == 1 && element != Racine)
    refuse_format("la racine du document n'est pas « Racine » : ce n'est pas un flux VRSB", "vérifier le format nommé");
  if (in_foyer_)
    measure(0);
  switch (element) {
  case InfosFoyerRSA:
    begin_household();
    break;
  case InfoDemandeRSA:
    refuse_format("ce flux porte des demandes (InfoDemandeRSA) : c'est une instruction ou un recueil DSP",
                  "le lire sous le format « dsp »");
  case Personne:
    if (in_foyer_ && person_ == nullptr)
      person_ = &foyer_.personnes.add();
    break;
  case Prestations:
    benefit_.clear();
    role_.clear();
    depends_.clear();
    break;
  case RessourcesMensuelles:
    month_.reset();
    first_of_month_ = person_ != nullptr ? person_->ressources.size() : 0;
    break;
  case DetailRessourcesMensuelles:
    if (person_ != nullptr)
      person_->ressources.add();
    break;
  case Activite:
    if (person_ != nullptr)
      person_->activites.add();
    break;
  case DonneesAdministratives:
    foyer_.donnees_administratives = true;
    break;
  case Adresse:
    foyer_.adresses.add();
    break;
  case SuspensionDroit:
  case SuspensionVersement:
    foyer_.suspensions.add().du_droit = element == SuspensionDroit;
    break;
  default:
    break;
  }
}

void Reader::close(std::string_view name, std::string_view text) {
  const Element element = path_[depth_ - 1];
  if (text = trimmed(text); !text.empty()) {
    if (in_foyer_) {
      measure(text.size());
      std::string &all = person_ != nullptr ? person_->brut : foyer_.brut;
      all.append(name).append(1, '=').append(text).append(1, '\n');
    }
    if (element != autre && text.size() > most_text)
      fault(FauteVrsb::Attendu::texte_court, element, text);
    else if (element != autre)
      value(parent(), element, text);
  }
  --depth_;
  switch (element) {
  case Personne:
    person_ = nullptr;
    break;
  case Prestations:
    end_benefit();
    break;
  case RessourcesMensuelles:
    end_month();
    break;
  case IdentificationFlux:
    end_flux();
    break;
  case InfosFoyerRSA:
    end_household();
    break;
  case TransmissionFlux:
    if (depth_ == 1)
      visitor_.totaux(totaux_);
    break;
  default:
    break;
  }
}

void Reader::begin_household() {
  if (in_foyer_ || depth_ != 2)
    return;
  foyer_.clear();
  in_foyer_ = true;
  elements_ = size_ = 0;
}

void Reader::measure(std::size_t bytes) {
  size_ += bytes;
  if (++elements_ > most_elements || size_ > most_bytes || foyer_.personnes.size() > most_repeated ||
      foyer_.suspensions.size() > most_repeated)
    throw XmlFault{Code::import_limit, 0,
                   "un foyer est trop grand : au plus " + std::to_string(most_repeated) + " personnes, " +
                       std::to_string(most_elements) + " éléments et " + std::to_string(most_bytes) + " octets",
                   "vérifier que le fichier est bien un flux VRSB"};
}

void Reader::end_flux() {
  if (depth_ == 1)
    visitor_.flux(flux_);
}

void Reader::end_household() {
  if (!in_foyer_ || depth_ != 1)
    return;
  in_foyer_ = false;
  visitor_.foyer(foyer_);
}

// Each person has two: family benefits (PFA) and RSA, each with a role of its own.
void Reader::end_benefit() {
  if (person_ == nullptr || benefit_ != "RSA")
    return;
  person_->role = role_;
  person_->a_charge = depends_.empty() ? std::nullopt : flag(TOPCHAPERS, depends_);
}

void Reader::end_month() {
  if (person_ != nullptr)
    for (std::size_t i = first_of_month_; i < person_->ressources.size(); ++i)
      person_->ressources[i].mois = month_;
}

void Reader::value(Element parent, Element element, std::string_view text) {
  if (parent == IdentificationFlux)
    return of_flux(element, text);
  if (parent == TransmissionFlux) {
    if (element == NBTOTDOSRSATRANSM)
      totaux_.dossiers = read_count(text);
    else if (element == NBTOTDOSRSATRANSMANO)
      totaux_.anomalies = read_count(text);
    return;
  }
  if (person_ != nullptr)
    return of_person(parent, element, text);
  if (in_foyer_)
    of_household(parent, element, text);
}

void Reader::of_flux(Element element, std::string_view text) {
  switch (element) {
  case APPLIEME:
    flux_.application = text;
    break;
  case NUMVERSIONAPPLIEME:
    flux_.version = text;
    break;
  case TYPEFLUX:
    flux_.type = text;
    break;
  case NATFLUX:
    flux_.nature = text;
    break;
  case DTCREAFLUX:
    flux_.creation = read_date(text);
    break;
  case DTREF:
    flux_.reference = read_date(text);
    break;
  case VERSIONFLUX:
  case TYPEPARTE:
  case IDEPARTE: // the three that VRSD adds there
    refuse_format("ce flux est un VRSD (VRSD0101 ou VRSD0301) : « " + std::string(exchange::vrsb::text(element)) +
                      " » dans IdentificationFlux ; ce format n'est pas lu, ses codes et ses blocs diffèrent",
                  "demander le flux VRSB (vrsb0801)");
  default:
    break;
  }
}

void Reader::of_person(Element parent, Element element, std::string_view text) {
  PersonneVrsb &person = *person_;
  switch (parent) {
  case Identification:
    return of_identification(element, text);
  case Activite:
    return of_activity(element, text);
  case GeneraliteRessourcesMensuelles:
  case DetailRessourcesMensuelles:
    return of_income(element, text);
  case DossierCAF:
    if (element == DDRATDOS)
      person.rattachee = date(element, text);
    else if (element == DFRATDOS)
      person.detachee = date(element, text);
    return;
  case Prestations:
    if (element == NATPREST)
      benefit_ = text;
    else if (element == ROLEPERS)
      role_ = text;
    else if (element == TOPCHAPERS)
      depends_ = text;
    return;
  case DossierPoleEmploi:
    if (element == IDASSEDIC)
      person.identifiant_demandeur = text;
    return;
  case MontantCalculDroitRSAPersonne:
    if (element == TOPPERSDRODEVORSA)
      person.droits_devoirs = flag(element, text);
    return;
  default: // Rattachement among them: its NIR and names are a parent's
    return;
  }
}

void Reader::of_identification(Element element, std::string_view text) {
  PersonneVrsb &person = *person_;
  switch (element) {
  case QUAL:
    person.civilite = text;
    break;
  case NOM:
    person.nom = text;
    break;
  case NOMNAI:
    person.nom_naissance = text;
    break;
  case PRENOM:
    person.prenom = text;
    break;
  case PRENOM2:
    person.prenom2 = text;
    break;
  case PRENOM3:
    person.prenom3 = text;
    break;
  case NOMCOMNAI:
    person.commune_naissance = text;
    break;
  case DTNAI:
    person.naissance = date(element, text);
    break;
  case TYPEDTNAI:
    person.type_naissance = text;
    break;
  case NIR:
    person.nir = text;
    break;
  case SEXE:
    person.sexe = text;
    break;
  default:
    break;
  }
}

void Reader::of_income(Element element, std::string_view text) {
  if (element == MOISRESS) {
    month_ = date(element, text);
    return;
  }
  if (person_->ressources.empty())
    return;
  RessourceVrsb &income = person_->ressources.back();
  if (element == NATRESS)
    income.nature = text;
  else if (element == MTNATRESSMEN)
    income.montant = amount(element, text);
  else if (element == ABANEU)
    income.abattement = text;
}

void Reader::of_activity(Element element, std::string_view text) {
  if (person_->activites.empty())
    return;
  ActiviteVrsb &activity = person_->activites.back();
  switch (element) {
  case REG:
    activity.regime = text;
    break;
  case ACT:
    activity.code = text;
    break;
  case NATCONTRTRA:
    activity.contrat = text;
    break;
  case DDACT:
    activity.debut = date(element, text);
    break;
  case DFACT:
    activity.fin = date(element, text);
    break;
  default:
    break;
  }
}

void Reader::of_household(Element parent, Element element, std::string_view text) {
  switch (parent) {
  case Organisme:
    if (element == FONORG)
      foyer_.organisme = text;
    else if (element == NUMORG)
      foyer_.numero_organisme = text;
    else if (element == MATRICULE)
      foyer_.matricule = text;
    return;
  case DemandeRSA:
    if (element == DTDEMRSA)
      foyer_.date_demande = date(element, text);
    else if (element == NUMDEMRSA)
      foyer_.numero_demande = text;
    return;
  case SituationFamille:
    if (element == SITFAM)
      foyer_.situation_familiale = text;
    else if (element == DDSITFAM)
      foyer_.situation_depuis = date(element, text);
    return;
  case TroncCommunAdresse:
  case AdresseDetailleeFrance:
  case AdresseHorsFrance:
    return of_address(element, text);
  case EtatDossierRSA:
  case Refus:
  case SuspensionDroit:
  case SuspensionVersement:
  case FinDroit:
  case FinDroitMoisAnterieur:
    return of_right(element, text);
  case TroncCommunDroitRSA:
    if (element == TOPSANSDOMFIXE)
      foyer_.sans_domicile_fixe = flag(element, text);
    return;
  default:
    return;
  }
}

void Reader::of_address(Element element, std::string_view text) {
  if (foyer_.adresses.empty())
    return;
  AdresseVrsb &address = foyer_.adresses.back();
  switch (element) {
  case RGADR:
    address.rang = text;
    break;
  case DTEMM:
    address.depuis = date(element, text);
    break;
  case PAYS:
    address.pays = text;
    break;
  case TYPEADR:
    address.type = text;
    break;
  case ETATADR:
    address.etat = text;
    break;
  case COMPLIDEADR:
    address.complement_identite = text;
    break;
  case COMPLADR:
    address.complement = text;
    break;
  case NUMVOIE:
    address.numero = text;
    break;
  case LIBTYPEVOIE:
    address.type_voie = text;
    break;
  case NOMVOIE:
    address.voie = text;
    break;
  case LIEUDIST:
    address.lieu_dit = text;
    break;
  case NUMCOM:
    address.code_commune = text;
    break;
  case CODEPOS:
    address.code_postal = text;
    break;
  case NOMCOM:
    address.commune = text;
    break;
  case LIBLIG2ADR:
  case LIBLIG3ADR:
  case LIBLIG4ADR:
  case LIBLIG5ADR:
  case LIBLIG6ADR:
  case LIBLIG7ADR:
    address.lignes.append(address.lignes.empty() ? "" : "\n").append(text);
    break;
  default:
    break;
  }
}

void Reader::of_right(Element element, std::string_view text) {
  switch (element) {
  case ETATDOSRSA:
    foyer_.etat = text;
    break;
  case MOTIREFURSA:
    foyer_.motif_refus = text;
    break;
  case DTREFURSA:
    foyer_.date_refus = date(element, text);
    break;
  case MOTICLORSA:
    foyer_.motif_cloture = text;
    break;
  case DTCLORSA:
    foyer_.date_cloture = date(element, text);
    break;
  case MOTISUSDRORSA:
  case MOTISUSVERSRSA:
    if (!foyer_.suspensions.empty())
      foyer_.suspensions.back().motif = text;
    break;
  case DDSUSDRORSA:
  case DDSUSVERSRSA:
    if (!foyer_.suspensions.empty())
      foyer_.suspensions.back().depuis = date(element, text);
    break;
  default:
    break;
  }
}

std::optional<feel::Date> Reader::date(Element element, std::string_view text) {
  const auto read = read_date(text);
  if (!read)
    fault(FauteVrsb::Attendu::date, element, text);
  return read;
}

std::optional<feel::Number> Reader::amount(Element element, std::string_view text) {
  const auto read = read_amount(text);
  if (!read)
    fault(FauteVrsb::Attendu::montant, element, text);
  return read;
}

std::optional<bool> Reader::flag(Element element, std::string_view text) {
  const auto read = read_flag(text);
  if (!read)
    fault(FauteVrsb::Attendu::booleen, element, text);
  return read;
}

void Reader::fault(FauteVrsb::Attendu expected, Element element, std::string_view text) {
  FauteVrsb &fault = foyer_.fautes.add();
  fault.attendu = expected;
  fault.personne = person_ != nullptr ? foyer_.personnes.size() : 0;
  fault.champ = exchange::vrsb::text(element);
  fault.valeur = text;
}

} // namespace vrsb

void read_vrsb(Octets &bytes, VisiteurVrsb &visitor) {
  vrsb::Reader reader(visitor);
  try {
    read_xml(bytes, reader);
  } catch (const XmlFault &fault) {
    throw Error({fault.code, Level::error, fault.motif, "ligne " + std::to_string(fault.line), fault.remede});
  }
}

} // namespace spie::exchange
