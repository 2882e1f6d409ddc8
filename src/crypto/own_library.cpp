#include "crypto/own_library.hpp"

#include <openssl/crypto.h>

namespace spie::crypto {

void leave_settings_of_the_machine() { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); }

} // namespace spie::crypto
