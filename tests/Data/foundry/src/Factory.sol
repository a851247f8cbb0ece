// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Its runtime code has an immutable in it, so every account has a code hash of its own.
contract Account {
    uint256 public immutable id;
    address public immutable maker;
    uint256 public touched;

    constructor(uint256 id_) payable {
        require(id_ % 5 != 0, "no such account");
        id = id_;
        maker = msg.sender;
    }

    function touch(uint256 by) external {
        touched += by % 7;
        if (touched > 10) touched = 0;
    }

    function close(address payable heir) external {
        selfdestruct(heir);
    }
}

contract Factory {
    Account[] public accounts;

    function open(uint256 id) external payable returns (Account account) {
        account = new Account{value: msg.value}(id % 16);
        accounts.push(account);
    }

    function openSalted(bytes32 salt, uint256 id) external {
        try new Account{salt: salt}(id % 16) returns (Account account) {
            accounts.push(account);
        } catch Error(string memory) {
            accounts.push(Account(address(0)));
        } catch {
            delete accounts;
        }
    }

    function openAndClose(uint256 id) external payable {
        Account account = new Account{value: msg.value}(id % 16);
        account.touch(3);
        account.close(payable(msg.sender));
    }

    function touchAll(uint256 by) external {
        for (uint256 i = 0; i < accounts.length && i < 4; i++) {
            if (address(accounts[i]).code.length > 0) accounts[i].touch(by);
        }
    }
}

/// Runs the code of another contract on its own storage.
contract Delegator {
    uint256 public stored;
    address public implementation;

    constructor(address implementation_) {
        implementation = implementation_;
    }

    function run(uint256 value) external returns (uint256) {
        (bool ok, bytes memory answer) = implementation.delegatecall(abi.encodeCall(Implementation.store, (value)));
        if (!ok) revert("implementation");
        return abi.decode(answer, (uint256));
    }
}

contract Implementation {
    uint256 public stored;

    function store(uint256 value) external returns (uint256) {
        require(value != 1, "not one");
        stored = value > 1000 ? value : stored + value;
        return stored;
    }
}
