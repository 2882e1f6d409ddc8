// The private half of an elliptic key as a number, which libcrypto asks to be given with its public half.
#include "crypto/key_handle.hpp"

#include <openssl/objects.h>

namespace spie::crypto {

Number secret_number(std::string_view bytes) {
  Number number = held(BN_secure_new());
  check(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.data()), static_cast<int>(bytes.size()),
                  number.get()) != nullptr);
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

bool is_scalar(const char *curve, std::string_view bytes) {
  const Group group = held(EC_GROUP_new_by_curve_name(OBJ_sn2nid(curve)));
  const Number number = secret_number(bytes);
  return !BN_is_zero(number.get()) && BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) < 0;
}

std::string point_of(const char *curve, std::string_view scalar) {
  const Group group = held(EC_GROUP_new_by_curve_name(OBJ_sn2nid(curve)));
  const Point point = held(EC_POINT_new(group.get()));
  const Scratch scratch = held(BN_CTX_secure_new());
  const Number number = secret_number(scalar);
  check(EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, scratch.get()) == 1);
  std::string bytes(2 * scalar.size() + 1, '\0');
  check(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                           reinterpret_cast<unsigned char *>(bytes.data()), bytes.size(),
                           scratch.get()) == bytes.size());
  return bytes;
}

} // namespace spie::crypto
