// The elements of vrsb0801.xsd that are read, and the blocks that they stand in.
#pragma once

#include "exchange/xml_names.hpp"

namespace spie::exchange::vrsb {

// clang-format off
#define SPIE_VRSB_ELEMENTS(E) \
  /* blocks */ \
  E(Racine) E(IdentificationFlux) E(InfosFoyerRSA) E(TransmissionFlux) E(InfoDemandeRSA) E(Organisme) E(DemandeRSA) \
  E(Personne) E(Identification) E(DossierCAF) E(Prestations) E(DossierPoleEmploi) E(RessourcesMensuelles) \
  E(GeneraliteRessourcesMensuelles) E(DetailRessourcesMensuelles) E(MontantCalculDroitRSAPersonne) E(Activite) \
  E(DonneesAdministratives) E(SituationFamille) E(Adresse) E(TroncCommunAdresse) E(AdresseDetailleeFrance) \
  E(AdresseHorsFrance) E(EtatDossierRSA) E(Refus) E(SuspensionDroit) E(SuspensionVersement) E(FinDroit) \
  E(FinDroitMoisAnterieur) E(TroncCommunDroitRSA) \
  /* values */ \
  E(APPLIEME) E(NUMVERSIONAPPLIEME) E(TYPEFLUX) E(NATFLUX) E(DTCREAFLUX) E(DTREF) E(VERSIONFLUX) \
  E(TYPEPARTE) E(IDEPARTE) E(FONORG) E(NUMORG) E(MATRICULE) E(DTDEMRSA) E(NUMDEMRSA) E(QUAL) E(NOM) E(NOMNAI) \
  E(PRENOM) E(PRENOM2) E(PRENOM3) E(NOMCOMNAI) E(DTNAI) E(TYPEDTNAI) E(NIR) E(SEXE) E(DDRATDOS) E(DFRATDOS) \
  E(NATPREST) E(ROLEPERS) E(TOPCHAPERS) E(IDASSEDIC) E(MOISRESS) E(NATRESS) E(MTNATRESSMEN) E(ABANEU) \
  E(TOPPERSDRODEVORSA) E(REG) E(ACT) E(DDACT) E(DFACT) E(NATCONTRTRA) E(SITFAM) E(DDSITFAM) E(RGADR) E(DTEMM) \
  E(PAYS) E(TYPEADR) E(ETATADR) E(COMPLIDEADR) E(COMPLADR) E(NUMVOIE) E(LIBTYPEVOIE) E(NOMVOIE) E(LIEUDIST) \
  E(NUMCOM) E(CODEPOS) E(NOMCOM) E(LIBLIG2ADR) E(LIBLIG3ADR) E(LIBLIG4ADR) E(LIBLIG5ADR) E(LIBLIG6ADR) \
  E(LIBLIG7ADR) E(ETATDOSRSA) E(DTREFURSA) E(MOTIREFURSA) E(MOTISUSDRORSA) E(DDSUSDRORSA) E(MOTISUSVERSRSA) \
  E(DDSUSVERSRSA) E(MOTICLORSA) E(DTCLORSA) E(TOPSANSDOMFIXE) E(NBTOTDOSRSATRANSM) E(NBTOTDOSRSATRANSMANO)
// clang-format on

enum class Element : std::uint8_t {
#define E(name) name,
  SPIE_VRSB_ELEMENTS(E)
#undef E
      autre, // not read
};

inline constexpr XmlNames names(std::array{
#define E(name) std::string_view(#name),
    SPIE_VRSB_ELEMENTS(E)
#undef E
});

inline Element element_of(std::string_view name) noexcept { return static_cast<Element>(names.find(name)); }
inline std::string_view text(Element element) noexcept { return names[static_cast<std::size_t>(element)]; }

} // namespace spie::exchange::vrsb
