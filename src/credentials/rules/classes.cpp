// Keyed from 1EdTech/openbadges-specification:ob_v3p0/common_credentials.lines and the contexts of Open Badges 3.0.3,
// CLR 2.0.1 and Verifiable Credentials 2.0.
#include "credentials/rules/classes.hpp"

#include <algorithm>
#include <array>

namespace spie::credentials::rules {
namespace {

using Words = std::string_view;
constexpr auto required = Need::required;
constexpr auto optional = Need::optional;
constexpr auto one = Times::one;
constexpr auto many = Times::many;

constexpr std::array achievement_types = std::to_array<Words>({
    "Achievement",
    "ApprenticeshipCertificate",
    "Assessment",
    "Assignment",
    "AssociateDegree",
    "Award",
    "Badge",
    "BachelorDegree",
    "Certificate",
    "CertificateOfCompletion",
    "Certification",
    "CommunityService",
    "Competency",
    "Course",
    "CoCurricular",
    "Degree",
    "Diploma",
    "DoctoralDegree",
    "Fieldwork",
    "GeneralEducationDevelopment",
    "JourneymanCertificate",
    "LearningProgram",
    "License",
    "Membership",
    "ProfessionalDoctorate",
    "QualityAssuranceCredential",
    "MasterCertificate",
    "MasterDegree",
    "MicroCredential",
    "ResearchDoctorate",
    "SecondarySchoolDiploma",
});
constexpr std::array target_types =
    std::to_array<Words>({"ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion",
                          "CFRubricCriterionLevel", "CTDL"});
constexpr std::array identifier_types = std::to_array<Words>(
    {"name", "sourcedId", "systemId", "productId", "userName", "accountId", "emailAddress", "nationalIdentityNumber",
     "isbn", "issn", "lisSourcedId", "oneRosterSourcedId", "sisSourcedId", "ltiContextId", "ltiDeploymentId",
     "ltiToolId", "ltiPlatformId", "ltiUserId", "identifier"});
constexpr std::array result_types = std::to_array<Words>(
    {"GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel", "PredictedScore", "RawScore", "Result",
     "RubricCriterion", "RubricCriterionLevel", "RubricScore", "ScaledScore", "Status"});
constexpr std::array result_statuses =
    std::to_array<Words>({"Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"});
constexpr std::array association_types = std::to_array<Words>(
    {"exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo", "precedes", "replacedBy"});

constexpr std::array achievement = std::to_array<Field>({
    {"id", Form::uri, required},
    {"type", Form::types, required, many},
    {"name", Form::text, required},
    {"description", Form::text, required},
    {"criteria", Form::object, required, one, "Criteria"},
    {"achievementType", Form::text, optional, one, {}, achievement_types, true},
    {"alignment", Form::object, optional, many, "Alignment"},
    {"creator", Form::object, optional, one, "Profile"},
    {"creditsAvailable", Form::number},
    {"endorsement", Form::credential, optional, many, "EndorsementCredential"},
    {"endorsementJwt", Form::jws, optional, many},
    {"fieldOfStudy"},
    {"humanCode"},
    {"image", Form::profile, optional, one, "Image"},
    {"inLanguage"},
    {"otherIdentifier", Form::object, optional, many, "IdentifierEntry"},
    {"related", Form::object, optional, many, "Related"},
    {"resultDescription", Form::object, optional, many, "ResultDescription"},
    {"specialization"},
    {"tag", Form::text, optional, many},
    {"version"},
});
constexpr std::array achievement_subject = std::to_array<Field>({
    {"id", Form::uri},
    {"type", Form::types, required, many},
    {"achievement", Form::object, required, one, "Achievement"},
    {"activityStartDate", Form::moment},
    {"activityEndDate", Form::moment},
    {"creditsEarned", Form::number},
    {"identifier", Form::object, optional, many, "IdentityObject"},
    {"image", Form::profile, optional, one, "Image"},
    {"licenseNumber"},
    {"narrative"},
    {"result", Form::object, optional, many, "Result"},
    {"role"},
    {"source", Form::object, optional, one, "Profile"},
    {"term"},
});
constexpr std::array address = std::to_array<Field>({
    {"id", Form::uri},
    {"type", Form::types, required, many},
    {"addressCountry"},
    {"addressCountryCode"},
    {"addressRegion"},
    {"addressLocality"},
    {"streetAddress"},
    {"postOfficeBoxNumber"},
    {"postalCode"},
    {"geo", Form::object, optional, one, "GeoCoordinates"},
});
constexpr std::array alignment = std::to_array<Field>({
    {"type", Form::types, required, many},
    {"targetName", Form::text, required},
    {"targetUrl", Form::uri, required},
    {"targetCode"},
    {"targetDescription"},
    {"targetFramework"},
    {"targetType", Form::text, optional, one, {}, target_types, true},
});
constexpr std::array criteria = std::to_array<Field>({{"id", Form::uri}, {"type", Form::types}, {"narrative"}});
constexpr std::array endorsement_subject = std::to_array<Field>({
    {"id", Form::uri, required},
    {"type", Form::types, required, many},
    {"endorsementComment"},
});
constexpr std::array evidence = std::to_array<Field>({
    {"id", Form::uri},
    {"type", Form::types, required, many},
    {"name"},
    {"description"},
    {"narrative"},
    {"genre"},
    {"audience"},
});
constexpr std::array geo_coordinates = std::to_array<Field>({
    {"type", Form::types, required},
    {"latitude", Form::number, required},
    {"longitude", Form::number, required},
});
constexpr std::array identifier_entry = std::to_array<Field>({
    {"type", Form::types, required},
    {"identifier", Form::text, required},
    {"identifierType", Form::text, required, one, {}, identifier_types, true},
});
constexpr std::array identity_object = std::to_array<Field>({
    {"type", Form::types, required},
    {"hashed", Form::boolean, required},
    {"identityHash", Form::text, required},
    {"identityType", Form::text, required, one, {}, identifier_types, true},
    {"salt"},
});
constexpr std::array image = std::to_array<Field>({
    {"id", Form::uri, required},
    {"type", Form::types, required},
    {"caption"},
});
constexpr std::array profile = std::to_array<Field>({
    {"id", Form::uri, required},
    {"type", Form::types, required, many},
    {"name"},
    {"url", Form::uri},
    {"phone"},
    {"description"},
    {"endorsement", Form::credential, optional, many, "EndorsementCredential"},
    {"endorsementJwt", Form::jws, optional, many},
    {"image", Form::profile, optional, one, "Image"},
    {"email"},
    {"address", Form::object, optional, one, "Address"},
    {"otherIdentifier", Form::object, optional, many, "IdentifierEntry"},
    {"official"},
    {"parentOrg", Form::object, optional, one, "Profile"},
    {"familyName"},
    {"givenName"},
    {"additionalName"},
    {"patronymicName"},
    {"honorificPrefix"},
    {"honorificSuffix"},
    {"familyNamePrefix"},
    {"dateOfBirth", Form::date},
});
constexpr std::array related = std::to_array<Field>({
    {"id", Form::uri, required},
    {"type", Form::types, required, many},
    {"inLanguage"},
    {"version"},
});
constexpr std::array result = std::to_array<Field>({
    {"type", Form::types, required, many},
    {"achievedLevel", Form::uri},
    {"alignment", Form::object, optional, many, "Alignment"},
    {"resultDescription", Form::uri},
    {"status", Form::text, optional, one, {}, result_statuses},
    {"value"},
});
constexpr std::array result_description = std::to_array<Field>({
    {"id", Form::uri, required},
    {"type", Form::types, required, many},
    {"name", Form::text, required},
    {"resultType", Form::text, required, one, {}, result_types, true},
    {"alignment", Form::object, optional, many, "Alignment"},
    {"allowedValue", Form::text, optional, many},
    {"requiredLevel", Form::uri},
    {"requiredValue"},
    {"rubricCriterionLevel", Form::object, optional, many, "RubricCriterionLevel"},
    {"valueMax"},
    {"valueMin"},
});
constexpr std::array rubric_criterion_level = std::to_array<Field>({
    {"id", Form::uri, required},
    {"type", Form::types, required, many},
    {"name", Form::text, required},
    {"alignment", Form::object, optional, many, "Alignment"},
    {"description"},
    {"level"},
    {"points"},
});

// What every credential has. Its dates, and whether its name is required, follow its version and its kind.
constexpr std::array credential = std::to_array<Field>({
    {"@context", Form::context, required, many},
    {"id", Form::uri},
    {"type", Form::types, required, many},
    {"name"},
    {"description"},
    {"image", Form::profile, optional, one, "Image"},
    {"issuer", Form::profile, required, one, "Profile"},
    {"validFrom", Form::date_time},
    {"validUntil", Form::date_time},
    {"issuanceDate", Form::date_time},
    {"expirationDate", Form::date_time},
    {"awardedDate", Form::date_time},
    {"credentialSubject", Form::anything, required},
    {"credentialSchema", Form::object, optional, many, "CredentialSchema"},
    {"credentialStatus", Form::status, optional, many},
    {"refreshService", Form::object, optional, many, "RefreshService"},
    {"endorsement", Form::credential, optional, many, "EndorsementCredential"},
    {"endorsementJwt", Form::jws, optional, many},
    {"evidence", Form::object, optional, many, "Evidence"},
    {"partial", Form::boolean},
    {"proof", Form::object, optional, many, "Proof"},
    {"termsOfUse", Form::anything, optional, many},
});
constexpr std::array credential_schema =
    std::to_array<Field>({{"id", Form::uri, required}, {"type", Form::types, required}});
constexpr std::array refresh_service =
    std::to_array<Field>({{"id", Form::uri, required}, {"type", Form::types, required}});
constexpr std::array revocation_list =
    std::to_array<Field>({{"id", Form::uri, required}, {"type", Form::types, required}});
constexpr std::array bitstring_entry = std::to_array<Field>({
    {"id", Form::uri},
    {"type", Form::types, required},
    {"statusPurpose", Form::text, required},
    {"statusListIndex", Form::index, required},
    {"statusListCredential", Form::uri, required},
    {"statusSize", Form::number},
    {"statusMessage", Form::anything, optional, many},
    {"statusReference", Form::uri, optional, many},
});
// The suites of proofs have rules of their own (data_integrity).
constexpr std::array proof = std::to_array<Field>({
    {"@context", Form::anything, optional, many}, // of a proof signed with JCS
    {"id", Form::uri},
    {"type", Form::types, required},
    {"created", Form::date_time},
    {"expires", Form::date_time},
    {"proofPurpose", Form::text},
    {"verificationMethod", Form::anything},
    {"cryptosuite"},
    {"proofValue"},
    {"challenge"},
    {"nonce"},
    {"domain", Form::text, optional, many},
    {"previousProof", Form::text, optional, many},
    {"jws"},
});

constexpr std::array clr_subject = std::to_array<Field>({
    {"id", Form::uri},
    {"type", Form::types, required, many},
    {"identifier", Form::object, optional, many, "IdentityObject"},
    {"achievement", Form::object, optional, many, "Achievement"},
    {"association", Form::object, optional, many, "Association"},
    {"verifiableCredential", Form::credential, required, many},
});
constexpr std::array association = std::to_array<Field>({
    {"type", Form::types, required},
    {"associationType", Form::text, required, one, {}, association_types},
    {"sourceId", Form::uri, required},
    {"targetId", Form::uri, required},
});

constexpr std::array classes = std::to_array<Class>({
    {"Achievement", achievement},
    {"AchievementSubject", achievement_subject},
    {"Address", address},
    {"Alignment", alignment},
    {"Association", association},
    {"BitstringStatusListEntry", bitstring_entry},
    {"ClrSubject", clr_subject},
    {"CredentialSchema", credential_schema, false},
    {"Criteria", criteria, false},
    {"EndorsementSubject", endorsement_subject},
    {"Evidence", evidence},
    {"GeoCoordinates", geo_coordinates},
    {"IdentifierEntry", identifier_entry},
    {"IdentityObject", identity_object, true, true},
    {"Image", image},
    {"1EdTechRevocationList", revocation_list},
    {"Profile", profile},
    {"Proof", proof, false},
    {"RefreshService", refresh_service, false},
    {"Related", related},
    {"Result", result},
    {"ResultDescription", result_description},
    {"RubricCriterionLevel", rubric_criterion_level},
    {"VerifiableCredential", credential},
});

// Of the contexts, for whatever object bears them.
constexpr std::array terms = std::to_array<Words>({
    "id",
    "type",
    "name",
    "description",
    "narrative",
    "image",
    "url",
    "alignment",
    "endorsement",
    "endorsementJwt",
    "inLanguage",
    "awardedDate",
    "jti",
    "digestMultibase",
    "digestSRI",
    "mediaType",
    "relatedResource",
    "confidenceMethod",
    "renderMethod",
});
constexpr std::array types = std::to_array<Words>({
    "AchievementCredential",
    "OpenBadgeCredential",
    "EndorsementCredential",
    "ClrCredential",
    "1EdTechJsonSchemaValidator2019",
    "1EdTechCredentialRefresh",
    "JsonSchema",
    "JsonSchemaCredential",
    "DataIntegrityProof",
    "Ed25519Signature2020",
    "Ed25519VerificationKey2020",
    "BitstringStatusListCredential",
    "BitstringStatusList",
    "BitstringStatusListEntry",
    "CLR",
    "JsonSchemaValidator2018",
    "RsaSignature2018",
    "Ed25519Signature2018",
    "EnvelopedVerifiableCredential",
    "VerifiablePresentation",
});

} // namespace

const Class *find_class(std::string_view name) noexcept {
  const auto found =
      std::find_if(classes.begin(), classes.end(), [&](const Class &one_of) { return one_of.name == name; });
  return found == classes.end() ? nullptr : &*found;
}

const Field *find_field(const Class &of, std::string_view name) noexcept {
  const auto found =
      std::find_if(of.fields.begin(), of.fields.end(), [&](const Field &field) { return field.name == name; });
  return found == of.fields.end() ? nullptr : &*found;
}

bool known_term(std::string_view name) noexcept { return std::find(terms.begin(), terms.end(), name) != terms.end(); }

bool known_type(std::string_view name) noexcept {
  if (std::find(types.begin(), types.end(), name) != types.end())
    return true;
  const Class *of = find_class(name);
  return of != nullptr && (of->typed || name == "Criteria");
}

} // namespace spie::credentials::rules
