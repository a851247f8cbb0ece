// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Money that is locked for an hour, and whatever else a replay could get wrong: time, blocks, senders, origins, precompiled contracts.
contract Bank {
    mapping(address => uint256) public balanceOf;
    mapping(address => uint256) public unlockedAt;
    address public owner;
    uint256 public rate;

    event Deposited(address indexed who, uint256 amount);

    error Locked(uint256 until);

    constructor(address owner_) payable {
        owner = owner_;
    }

    receive() external payable {}

    function deposit() external payable {
        require(msg.value > 0, "nothing");
        balanceOf[msg.sender] += msg.value;
        unlockedAt[msg.sender] = block.timestamp + 1 hours;
        emit Deposited(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external {
        if (block.timestamp < unlockedAt[msg.sender]) revert Locked(unlockedAt[msg.sender]);
        balanceOf[msg.sender] -= amount;
        (bool sent,) = msg.sender.call{value: amount}("");
        require(sent, "refused");
    }

    function setRate(uint256 newRate) external {
        require(msg.sender == owner, "owner only");
        rate = newRate;
    }

    function mature() external {
        if (block.number > 100) rate += 1;
        if (block.number > 1000 && block.timestamp % 2 == 0) rate += 10;
        if (tx.origin != msg.sender) rate += 100;
    }

    function digest(bytes calldata data, uint8 v) external returns (bytes32 mixed) {
        mixed = sha256(data) ^ keccak256(data) ^ bytes32(ripemd160(data));
        address signer = ecrecover(mixed, v, mixed, mixed);
        if (signer != address(0)) mixed ^= bytes32(uint256(uint160(signer)));
        (bool ok, bytes memory power) =
            address(5).staticcall(abi.encodePacked(uint256(32), uint256(32), uint256(32), mixed, uint256(65537), uint256(2 ** 255 - 19)));
        require(ok, "modexp");
        mixed ^= bytes32(power);
        assembly {
            tstore(0, mixed)
            mixed := add(tload(0), blobbasefee())
        }
    }

    function arithmetic(int256 a, int256 b, uint256 c) external returns (uint256 sum) {
        unchecked {
            int256 d = b == 0 ? int256(1) : b;
            sum = uint256(a / d) ^ uint256(a % d) ^ mulmod(uint256(a), uint256(b), c | 1) ^ addmod(uint256(a), c, uint256(b) | 1);
            sum ^= c ** (uint256(b) % 300);
            sum ^= uint256(a >> (c % 256)) ^ (c << (uint256(a) % 256)) ^ (c >> (uint256(b) % 256));
            if (a < b) sum += 1;
            if (int8(a) < int8(b)) sum += 2;
        }
        rate = sum;
    }

    /// Gas decides how far this goes.
    function burn(uint256 gasAmount) external {
        try this.spin{gas: gasAmount % 60000}() {
            rate = 1;
        } catch {
            rate = 2;
        }
    }

    function spin() external view returns (uint256 turns) {
        while (gasleft() > 3000) turns += uint256(blockhash(block.number)) + 1;
    }
}
